import { PendingInvitations, useOrganizationMembers } from '@authstack/react'
import { useMessages } from '../messages/en.ts'

/** Open invitations. When there are none it says so in a line: the page's own button already invites. */
export function InvitationsSection() {
  const { pendingInvitations, isLoading, error } = useOrganizationMembers()
  const text = useMessages()
  return (
    <div className="section">
      <h2>{text.pendingInvitations}</h2>
      {isLoading || error || pendingInvitations.length > 0 ? (
        <PendingInvitations />
      ) : (
        <p className="lead">{text.noInvitations}</p>
      )}
    </div>
  )
}
