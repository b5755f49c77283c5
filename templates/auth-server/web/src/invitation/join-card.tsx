import { type InvitationPreview, useAuth } from '@authstack/react'
import { codeOf } from '../core/instance.ts'
import { useMessages } from '../messages/en.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Card } from '../parts/card.tsx'
import { Person } from '../parts/person.tsx'

/** The right person is signed in: one click, and they are a member. */
export function JoinCard(props: {
  invitation: InvitationPreview
  token: string
  onJoined: () => void
  onDead: () => void
}) {
  const { invitation, token, onJoined, onDead } = props
  const { acceptInvitation, user } = useAuth()
  const text = useMessages()
  return (
    <Card
      title={text.inviteTitle(invitation.organization.name)}
      lead={text.inviteBy(invitation.inviterName, invitation.role.name)}
    >
      <Person name={user?.name ?? ''} email={invitation.email} />
      <ActionButton
        onAction={async () => {
          await acceptInvitation(token)
          onJoined()
        }}
        onFailure={(error) => {
          const isDead = codeOf(error) === 'link_invalid'
          if (isDead) onDead()
          return isDead
        }}
      >
        {text.inviteAction(invitation.organization.name)}
      </ActionButton>
    </Card>
  )
}
