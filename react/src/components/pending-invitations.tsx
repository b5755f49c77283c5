import { useState } from 'react'
import { type AuthStackError, toAuthStackError } from '../core/authstack-error.ts'
import { useOrganizationMembers } from '../hooks/use-organization-members.ts'
import { usePermissions } from '../hooks/use-permissions.ts'
import { useText } from '../hooks/use-text.ts'
import { InvitationTable } from './invitation-table.tsx'
import { InviteMemberModal } from './invite-member-modal.tsx'
import { Alert } from './ui/alert.tsx'
import { EmptyState } from './ui/empty-state.tsx'
import { Root } from './ui/root.tsx'
import { Skeleton } from './ui/skeleton.tsx'

export interface PendingInvitationsProps {
  className?: string
}

/** Who was invited and has not joined. Renders nothing for people who may not invite. */
export function PendingInvitations({ className }: PendingInvitationsProps) {
  const { pendingInvitations, isLoading, error, cancelInvitation, resendInvitation } =
    useOrganizationMembers()
  const { hasPermission } = usePermissions()
  const { text, errorText } = useText()
  const [notice, setNotice] = useState<string | null>(null)
  const [failure, setFailure] = useState<AuthStackError | null>(null)
  if (!hasPermission('members:invite')) return null
  const attempt = async (operation: Promise<void>, done: string) => {
    setNotice(null)
    setFailure(null)
    await operation.then(
      () => setNotice(done),
      (cause) => setFailure(toAuthStackError(cause)),
    )
  }
  const problem = failure ?? error
  return (
    <Root
      as="section"
      className={className}
      data-component="pending-invitations"
      aria-label={text('invitations.title')}
      aria-busy={isLoading}
    >
      {notice && <Alert tone="success">{notice}</Alert>}
      {problem && <Alert>{errorText(problem)}</Alert>}
      {isLoading ? (
        <Skeleton kind="row" rows={2} />
      ) : pendingInvitations.length === 0 && !error ? (
        <EmptyState
          icon="mail"
          title={text('invitations.empty.title')}
          body={text('invitations.empty.body')}
          action={<InviteMemberModal />}
        />
      ) : (
        <InvitationTable
          invitations={pendingInvitations}
          onResend={({ id, email }) =>
            void attempt(resendInvitation(id), text('invitations.resent', { email }))
          }
          onCancel={({ id, email }) =>
            void attempt(cancelInvitation(id), text('invitations.cancelled', { email }))
          }
        />
      )}
    </Root>
  )
}
