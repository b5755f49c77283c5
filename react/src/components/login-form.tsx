import { useConfig } from '../hooks/use-config.ts'
import { useText } from '../hooks/use-text.ts'
import type { FormProps } from './form-props.ts'
import { Alert } from './ui/alert.tsx'
import { Button } from './ui/button.tsx'
import { Card } from './ui/card.tsx'
import { CardSkeleton } from './ui/card-skeleton.tsx'
import { EmailField } from './ui/email-field.tsx'
import { LinkAction } from './ui/link-action.tsx'
import { PasswordField } from './ui/password-field.tsx'
import { UnverifiedNotice } from './unverified-notice.tsx'
import { useLogin } from './use-login.ts'

export interface LoginFormProps extends FormProps {
  title?: string
  initialEmail?: string
  /** Address or action of "Create an account"; without either the line is left out. */
  signUpUrl?: string
  onSignUp?: () => void
  /** Address or action of "Forgot password?". */
  forgotPasswordUrl?: string
  onForgotPassword?: () => void
}

/** Email and password. What else the instance offers appears by its configuration. */
export function LoginForm(props: LoginFormProps) {
  const { className, title, initialEmail, signUpUrl, onSignUp } = props
  const { forgotPasswordUrl, onForgotPassword } = props
  const config = useConfig()
  const { text } = useText()
  const { form, unverified } = useLogin(props)
  const canSignUp = Boolean(signUpUrl || onSignUp) && config.data?.signup.enabled !== false
  if (config.isLoading) {
    return <CardSkeleton name="login-form" className={className} rows={2} hasFoot={canSignUp} />
  }
  const name = config.data?.name ?? ''
  const canReset = forgotPasswordUrl || onForgotPassword
  return (
    <Card
      name="login-form"
      className={className}
      title={title ?? text('login.title', { name })}
      footer={
        canSignUp && (
          <>
            {text('login.noAccount')}{' '}
            <LinkAction href={signUpUrl} onClick={onSignUp}>
              {text('login.signup')}
            </LinkAction>
          </>
        )
      }
    >
      {unverified && <UnverifiedNotice email={unverified} />}
      {form.failureText && <Alert>{form.failureText}</Alert>}
      <form ref={form.form} className="as-form" noValidate onSubmit={form.submit}>
        <EmailField defaultValue={initialEmail} error={form.errors.email} />
        <PasswordField
          name="password"
          label={text('field.password')}
          autoComplete="current-password"
          error={form.errors.password}
          required
        />
        {canReset && (
          <div className="as-form-aside">
            <LinkAction href={forgotPasswordUrl} onClick={onForgotPassword}>
              {text('login.forgot')}
            </LinkAction>
          </div>
        )}
        <Button type="submit" isWide isBusy={form.isBusy}>
          {text('login.submit')}
        </Button>
      </form>
    </Card>
  )
}
