import { useState } from 'react'
import { useAuth } from '../hooks/use-auth.ts'
import { useForm } from '../hooks/use-form.ts'
import { useLinkToken } from '../hooks/use-link-token.ts'
import { useText } from '../hooks/use-text.ts'
import { DeadLink } from './dead-link.tsx'
import { DoneCard } from './done-card.tsx'
import type { FormProps } from './form-props.ts'
import { Alert } from './ui/alert.tsx'
import { Button } from './ui/button.tsx'
import { Card } from './ui/card.tsx'
import { CardSkeleton } from './ui/card-skeleton.tsx'

export interface VerifyEmailProps extends FormProps {
  /** Default: `#token=` of the page. */
  token?: string
  /** Address or action of "Continue" after it worked. */
  continueUrl?: string
  onContinue?: () => void
  requestUrl?: string
  onRequest?: () => void
}

/** Proves an address by the mailed token and signs in. A click is needed: mail scanners open links. */
export function VerifyEmail(props: VerifyEmailProps) {
  const { className, continueUrl, onContinue, requestUrl, onRequest, onSuccess, onError } = props
  const name = 'verify-email'
  const token = useLinkToken(props.token)
  const { verifyEmail, user } = useAuth()
  const { text } = useText()
  const [isDone, setDone] = useState(false)
  const form = useForm({
    async action() {
      await verifyEmail(token ?? '')
      setDone(true)
      onSuccess?.()
    },
    onError,
  })
  const dead = { name, className, requestUrl, onRequest }
  if (token === undefined) return <CardSkeleton name={name} className={className} rows={0} />
  if (token === null) return <DeadLink {...dead} kind="missing" />
  if (form.failure?.code === 'link_invalid') return <DeadLink {...dead} kind="invalid" />
  if (isDone) {
    return (
      <DoneCard
        name={name}
        className={className}
        title={text('verify.done.title')}
        body={text('verify.done.body', { email: user?.email ?? '' })}
        actionLabel={text('common.continue')}
        href={continueUrl}
        onAction={onContinue}
      />
    )
  }
  return (
    <Card
      name={name}
      className={className}
      icon="mail"
      title={text('verify.title')}
      body={text('verify.body')}
    >
      {form.failureText && <Alert>{form.failureText}</Alert>}
      <form ref={form.form} className="as-form" onSubmit={form.submit}>
        <Button type="submit" isWide isBusy={form.isBusy}>
          {text('verify.submit')}
        </Button>
      </form>
    </Card>
  )
}
