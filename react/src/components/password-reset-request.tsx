import { useState } from 'react'
import { useAuth } from '../hooks/use-auth.ts'
import { useForm } from '../hooks/use-form.ts'
import { useRules } from '../hooks/use-rules.ts'
import { useText } from '../hooks/use-text.ts'
import { CheckEmail } from './check-email.tsx'
import type { FormProps } from './form-props.ts'
import { Alert } from './ui/alert.tsx'
import { Button } from './ui/button.tsx'
import { Card } from './ui/card.tsx'
import { EmailField } from './ui/email-field.tsx'
import { LinkAction } from './ui/link-action.tsx'

export interface PasswordResetRequestProps extends FormProps {
  initialEmail?: string
  signInUrl?: string
  onSignIn?: () => void
}

/** "Forgot password": asks for the address and says the same whether it has an account or not. */
export function PasswordResetRequest(props: PasswordResetRequestProps) {
  const { className, initialEmail, signInUrl, onSignIn, onSuccess, onError } = props
  const { requestPasswordReset } = useAuth()
  const { text } = useText()
  const rules = useRules()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const form = useForm({
    validate: (values) => ({ email: rules.email(values.email) }),
    async action({ email = '' }) {
      await requestPasswordReset(email.trim())
      setSentTo(email.trim())
      onSuccess?.()
    },
    onError,
  })
  const footer = (signInUrl || onSignIn) && (
    <LinkAction href={signInUrl} onClick={onSignIn}>
      {text('reset.back')}
    </LinkAction>
  )
  if (sentTo !== null) {
    return (
      <CheckEmail
        name="password-reset-request"
        className={className}
        body={text('checkEmail.reset', { email: sentTo })}
        footer={footer}
      />
    )
  }
  return (
    <Card
      name="password-reset-request"
      className={className}
      title={text('reset.title')}
      body={text('reset.body')}
      footer={footer}
    >
      {form.failureText && <Alert>{form.failureText}</Alert>}
      <form ref={form.form} className="as-form" noValidate onSubmit={form.submit}>
        <EmailField defaultValue={initialEmail} error={form.errors.email} />
        <Button type="submit" isWide isBusy={form.isBusy}>
          {text('reset.submit')}
        </Button>
      </form>
    </Card>
  )
}
