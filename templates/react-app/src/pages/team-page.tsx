import { InviteMemberModal, MemberList, PermissionGate, useTenant } from '@authstack/react'
import { Invitations } from '../parts/invitations.tsx'
import { useTitle } from '../use-title.ts'

/** Who is in the organization, and who has been asked in. */
export function TeamPage() {
  useTitle('Team')
  const { currentOrganization } = useTenant()
  return (
    <>
      <div className="page-head">
        <div>
          <h1>Team</h1>
          <p className="lead">People in {currentOrganization?.name}.</p>
        </div>
        <PermissionGate permission="members:invite">
          <InviteMemberModal />
        </PermissionGate>
      </div>
      <PermissionGate
        permission="members:view"
        fallback={<p className="lead">Your role does not show the member list. Ask an admin.</p>}
      >
        <MemberList />
      </PermissionGate>
      <PermissionGate permission="members:invite">
        <Invitations />
      </PermissionGate>
    </>
  )
}
