import { type InvitationPreview, LoginForm, SignupForm } from '@authstack/react'
import { usePageUrl } from '../core/page-context.tsx'
import { useTitle } from '../core/use-title.ts'
import { useMessages } from '../messages/en.ts'

/** Nobody is signed in: sign in to the account of that address, or make it. The address is the invitation's. */
export function InvitationSignIn(props: {
  invitation: InvitationPreview
  token: string
  onSignedUp: () => void
}) {
  const { invitation, token, onSignedUp } = props
  const text = useMessages()
  const pageUrl = usePageUrl()
  const organization = invitation.organization.name
  useTitle(text.inviteTitle(organization))
  return (
    <main className="page">
      <p className="lead page-note">
        {text.inviteBy(invitation.inviterName, invitation.role.name)}{' '}
        {invitation.hasAccount ? text.inviteLogin(organization) : text.inviteSignup(organization)}
      </p>
      {invitation.hasAccount ? (
        <LoginForm
          defaultEmail={invitation.email}
          forgotPasswordUrl={pageUrl('/forgot-password')}
        />
      ) : (
        <SignupForm email={invitation.email} invitationToken={token} onSuccess={onSignedUp} />
      )}
    </main>
  )
}
