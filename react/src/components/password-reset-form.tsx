import { useState } from 'react'
import { useAuth } from '../hooks/use-auth.ts'
import { useForm } from '../hooks/use-form.ts'
import { useLinkToken } from '../hooks/use-link-token.ts'
import { useRules } from '../hooks/use-rules.ts'
import { useText } from '../hooks/use-text.ts'
import { DeadLink } from './dead-link.tsx'
import { DoneCard } from './done-card.tsx'
import type { FormProps } from './form-props.ts'
import { Alert } from './ui/alert.tsx'
import { Button } from './ui/button.tsx'
import { Card } from './ui/card.tsx'
import { CardSkeleton } from './ui/card-skeleton.tsx'
import { PasswordField } from './ui/password-field.tsx'

export interface PasswordResetFormProps extends FormProps {
  /** Default: `#token=` of the page. */
  token?: string
  signInUrl?: string
  onSignIn?: () => void
  /** Address or action of "Ask for a new link". */
  requestUrl?: string
  onRequest?: () => void
}

/** Sets a new password with the token of a reset mail. Ends every session of the person. */
export function PasswordResetForm(props: PasswordResetFormProps) {
  const { className, signInUrl, onSignIn, requestUrl, onRequest, onSuccess, onError } = props
  const name = 'password-reset-form'
  const token = useLinkToken(props.token)
  const { resetPassword } = useAuth()
  const { text } = useText()
  const rules = useRules()
  const [isDone, setDone] = useState(false)
  const form = useForm({
    validate: (values) => ({ password: rules.newPassword(values.password) }),
    async action({ password = '' }) {
      await resetPassword(token ?? '', password)
      setDone(true)
      onSuccess?.()
    },
    onError,
  })
  const dead = { name, className, requestUrl, onRequest }
  if (token === undefined) return <CardSkeleton name={name} className={className} rows={1} />
  if (token === null) return <DeadLink {...dead} kind="missing" />
  if (form.failure?.code === 'link_invalid') return <DeadLink {...dead} kind="invalid" />
  if (isDone) {
    return (
      <DoneCard
        name={name}
        className={className}
        title={text('newPassword.done.title')}
        body={text('newPassword.done.body')}
        actionLabel={text('login.submit')}
        href={signInUrl}
        onAction={onSignIn}
      />
    )
  }
  return (
    <Card
      name={name}
      className={className}
      title={text('newPassword.title')}
      body={text('newPassword.body')}
    >
      {form.failureText && <Alert>{form.failureText}</Alert>}
      <form ref={form.form} className="as-form" noValidate onSubmit={form.submit}>
        <PasswordField
          name="password"
          label={text('field.newPassword')}
          hint={text('field.passwordHint', { count: rules.policy.minLength })}
          autoComplete="new-password"
          error={form.errors.password}
          required
        />
        <Button type="submit" isWide isBusy={form.isBusy}>
          {text('newPassword.submit')}
        </Button>
      </form>
    </Card>
  )
}
