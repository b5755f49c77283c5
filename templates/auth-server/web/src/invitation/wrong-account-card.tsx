import { type InvitationPreview, useAuth } from '@authstack/react'
import { useMessages } from '../messages/en.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Card } from '../parts/card.tsx'
import { PageLink } from '../parts/page-link.tsx'

/** Someone else is signed in here. The invitation stays whole whichever way they choose. */
export function WrongAccountCard(props: { invitation: InvitationPreview; current: string }) {
  const { invitation, current } = props
  const { logout } = useAuth()
  const text = useMessages()
  return (
    <Card title={text.inviteOtherTitle} lead={text.inviteOtherText(invitation.email, current)}>
      <div className="actions">
        <ActionButton onAction={logout}>{text.inviteOtherAction(invitation.email)}</ActionButton>
        <PageLink className="button button-wide" to="/account">
          {text.inviteOtherStay}
        </PageLink>
      </div>
    </Card>
  )
}
