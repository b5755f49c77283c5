import { useAuth } from '../hooks/use-auth.ts'
import { useForm } from '../hooks/use-form.ts'
import { useText } from '../hooks/use-text.ts'
import type { InvitationStepProps } from './invitation-step.ts'
import { Alert } from './ui/alert.tsx'
import { Avatar } from './ui/avatar.tsx'
import { Button } from './ui/button.tsx'
import { Card } from './ui/card.tsx'

/** For somebody signed in: join, or change the account when the invitation is for another address. */
export function JoinOrganization(props: InvitationStepProps) {
  const { className, token, preview, onDone, onError } = props
  const { user, acceptInvitation, logout } = useAuth()
  const { text } = useText()
  const isInvited = user?.email.toLowerCase() === preview.email.toLowerCase()
  const form = useForm({
    action: async () => {
      if (isInvited) onDone(await acceptInvitation(token))
      else await logout()
    },
    onError,
  })
  const { name, logoUrl } = preview.organization
  return (
    <Card
      name="accept-invitation"
      className={className}
      title={text('invitation.title', { organization: name })}
      body={inviteBody(text, preview)}
    >
      {form.failureText && <Alert>{form.failureText}</Alert>}
      {isInvited ? (
        <div className="as-identity">
          <Avatar name={name} seed={name} src={logoUrl} shape="square" size="large" />
          <Avatar
            name={user?.name ?? ''}
            seed={user?.id ?? ''}
            src={user?.avatarUrl}
            size="large"
          />
        </div>
      ) : (
        <Alert tone="info">
          {text('invitation.otherAddress', { email: preview.email, current: user?.email ?? '' })}
        </Alert>
      )}
      <form ref={form.form} className="as-form" onSubmit={form.submit}>
        <Button type="submit" isWide isBusy={form.isBusy}>
          {isInvited
            ? text('invitation.accept', { organization: name })
            : text('invitation.switchAccount', { email: preview.email })}
        </Button>
      </form>
    </Card>
  )
}

export function inviteBody(
  text: ReturnType<typeof useText>['text'],
  { inviterName, role }: InvitationStepProps['preview'],
): string {
  return inviterName
    ? text('invitation.body', { inviter: inviterName, role: role.name })
    : text('invitation.bodyPlain', { role: role.name })
}
