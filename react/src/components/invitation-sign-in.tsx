import { useText } from '../hooks/use-text.ts'
import type { InvitationStepProps } from './invitation-step.ts'
import { inviteBody } from './join-organization.tsx'
import { LoginForm } from './login-form.tsx'
import { SignupForm } from './signup-form.tsx'

/** For somebody signed out: sign in with the invited address, or create its account and join at once. */
export function InvitationSignIn(props: InvitationStepProps) {
  const { className, token, preview, onDone, onError } = props
  const { text } = useText()
  const title = text('invitation.title', { organization: preview.organization.name })
  if (preview.hasAccount) {
    return (
      <LoginForm
        className={className}
        title={title}
        initialEmail={preview.email}
        onError={onError}
      />
    )
  }
  return (
    <SignupForm
      className={className}
      title={title}
      body={inviteBody(text, preview)}
      initialEmail={preview.email}
      invitationToken={token}
      onSuccess={() => onDone(null)}
      onError={onError}
    />
  )
}
