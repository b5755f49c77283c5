import { useConfig } from '../hooks/use-config.ts'
import { useText } from '../hooks/use-text.ts'
import { CheckEmail } from './check-email.tsx'
import type { FormProps } from './form-props.ts'
import { ResendVerification } from './resend-verification.tsx'
import { SignupFields } from './signup-fields.tsx'
import { Alert } from './ui/alert.tsx'
import { Button } from './ui/button.tsx'
import { Card } from './ui/card.tsx'
import { CardSkeleton } from './ui/card-skeleton.tsx'
import { LinkAction } from './ui/link-action.tsx'
import { useSignup } from './use-signup.ts'

export interface SignupFormProps extends FormProps {
  title?: string
  body?: string
  initialEmail?: string
  /** Proves the invited address: no mail is needed, and the organization is joined at once. */
  invitationToken?: string
  /** Address or action of "Sign in". */
  signInUrl?: string
  onSignIn?: () => void
}

/** Registration with the project's own fields. Ends in "check your email", or signed in by invitation. */
export function SignupForm(props: SignupFormProps) {
  const { className, title, body, initialEmail, invitationToken, signInUrl, onSignIn } = props
  const config = useConfig()
  const { text } = useText()
  const fields = config.data?.signup.fields ?? []
  const { form, sentTo, minLength } = useSignup({ ...props, fields })
  const name = config.data?.name ?? ''
  const footer = (signInUrl || onSignIn) && (
    <>
      {text('signup.haveAccount')}{' '}
      <LinkAction href={signInUrl} onClick={onSignIn}>
        {text('signup.login')}
      </LinkAction>
    </>
  )
  if (config.isLoading) {
    return (
      <CardSkeleton name="signup-form" className={className} rows={3} hasFoot={Boolean(footer)} />
    )
  }
  if (sentTo !== null) {
    return (
      <CheckEmail
        name="signup-form"
        className={className}
        body={text('checkEmail.verify', { email: sentTo })}
        footer={footer}
      >
        <ResendVerification email={sentTo} />
      </CheckEmail>
    )
  }
  if (config.data?.signup.enabled === false && !invitationToken) {
    return (
      <Card
        name="signup-form"
        className={className}
        icon="user"
        title={text('signup.closed.title')}
        body={text('signup.closed.body')}
        footer={footer}
      />
    )
  }
  return (
    <Card
      name="signup-form"
      className={className}
      title={title ?? text('signup.title', { name })}
      body={body}
      footer={footer}
    >
      {form.failureText && <Alert>{form.failureText}</Alert>}
      <form ref={form.form} className="as-form" noValidate onSubmit={form.submit}>
        <SignupFields
          fields={fields}
          errors={form.errors}
          initialEmail={initialEmail}
          isEmailFixed={Boolean(invitationToken && initialEmail)}
          minLength={minLength}
        />
        <Button type="submit" isWide isBusy={form.isBusy}>
          {text('signup.submit')}
        </Button>
      </form>
    </Card>
  )
}
