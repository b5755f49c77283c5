import { useState } from 'react'
import type { SignupData } from '../core/types.ts'
import { useAuth } from '../hooks/use-auth.ts'
import { useConfig } from '../hooks/use-config.ts'
import { type FormValues, useForm } from '../hooks/use-form.ts'
import { useRules } from '../hooks/use-rules.ts'
import { useText } from '../hooks/use-text.ts'
import { CheckEmail } from './check-email.tsx'
import type { FormProps } from './form-props.ts'
import { ResendVerification } from './resend-verification.tsx'
import { fieldValue, SignupFields } from './signup-fields.tsx'
import { Alert } from './ui/alert.tsx'
import { Button } from './ui/button.tsx'
import { Card } from './ui/card.tsx'
import { CardSkeleton } from './ui/card-skeleton.tsx'
import { LinkAction } from './ui/link-action.tsx'

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
  const { signup, login } = useAuth()
  const config = useConfig()
  const { text } = useText()
  const rules = useRules()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const fields = config.data?.signup.fields ?? []
  const form = useForm({
    validate: (values) => ({
      email: rules.email(values.email),
      password: rules.newPassword(values.password),
      ...Object.fromEntries(
        fields.map(({ name, required }) => [
          `fields.${name}`,
          required ? rules.required(values[`fields.${name}`]) : undefined,
        ]),
      ),
    }),
    async action(values) {
      const data = { ...dataOf(values), invitationToken }
      for (const field of fields) {
        const value = fieldValue(field, values)
        if (value !== undefined) data.fields = { ...data.fields, [field.name]: value }
      }
      const { status } = await signup(data)
      if (status !== 'verified') return setSentTo(data.email)
      await login(data.email, data.password)
      props.onSuccess?.()
    },
    onError: props.onError,
  })
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
          minLength={rules.policy.minLength}
        />
        <Button type="submit" isWide isBusy={form.isBusy}>
          {text('signup.submit')}
        </Button>
      </form>
    </Card>
  )
}

function dataOf({ email = '', password = '', firstName, lastName }: FormValues): SignupData {
  return {
    email: email.trim(),
    password,
    ...(firstName?.trim() ? { firstName: firstName.trim() } : {}),
    ...(lastName?.trim() ? { lastName: lastName.trim() } : {}),
  }
}
