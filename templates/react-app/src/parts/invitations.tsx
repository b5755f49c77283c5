import { PendingInvitations, useOrganizationMembers } from '@authstack/react'

/** Open invitations. When there are none it says so in a line: the page's own button already invites. */
export function Invitations() {
  const { pendingInvitations, isLoading, error } = useOrganizationMembers()
  return (
    <div>
      <h2>Pending invitations</h2>
      {isLoading || error || pendingInvitations.length > 0 ? (
        <PendingInvitations />
      ) : (
        <p className="lead">No invitation is waiting for an answer.</p>
      )}
    </div>
  )
}
