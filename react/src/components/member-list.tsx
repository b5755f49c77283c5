import { type ReactNode, useState } from 'react'
import type { Member } from '../core/types.ts'
import { useOrganizationMembers } from '../hooks/use-organization-members.ts'
import { usePermissions } from '../hooks/use-permissions.ts'
import { useTenant } from '../hooks/use-tenant.ts'
import { useText } from '../hooks/use-text.ts'
import { InviteMemberModal } from './invite-member-modal.tsx'
import { MemberTable } from './member-table.tsx'
import { RemoveMember } from './remove-member.tsx'
import { Alert } from './ui/alert.tsx'
import { Button } from './ui/button.tsx'
import { EmptyState } from './ui/empty-state.tsx'
import { ListHead } from './ui/list-head.tsx'
import { Root } from './ui/root.tsx'
import { Skeleton } from './ui/skeleton.tsx'
import { useMemberActions } from './use-member-actions.ts'

/** With more members than this, a search field. */
const SEARCH_FROM = 8

export interface MemberListProps {
  /** Default true. */
  showRoles?: boolean
  /** Edit and remove, to those who may. Default true. */
  showActions?: boolean
  onMemberClick?: (member: Member) => void
  emptyState?: ReactNode
  className?: string
  /** Default: the members of the current organization. */
  members?: Member[]
  /** Takes the place of the built-in removal. */
  onRemove?: (userId: string) => Promise<unknown> | unknown
}

/** Who belongs to the current organization, with role changes and removal for those who may. */
export function MemberList(props: MemberListProps) {
  const { showRoles = true, showActions = true, onMemberClick, emptyState, className } = props
  const own = useOrganizationMembers()
  const { currentOrganization } = useTenant()
  const { hasPermission } = usePermissions()
  const { text, errorText } = useText()
  const [query, setQuery] = useState('')
  const [leaving, setLeaving] = useState<Member | null>(null)
  const actions = useMemberActions(props.onRemove ?? own.removeMember, own.updateMemberRole)

  const members = props.members ?? own.members
  const isLoading = !props.members && own.isLoading
  const canEdit = showActions && hasPermission('members:edit')
  const canRemove = showActions && (hasPermission('members:remove') || Boolean(props.onRemove))
  const wanted = query.trim().toLocaleLowerCase()
  const shown = members.filter(({ name, email }) =>
    `${name} ${email}`.toLocaleLowerCase().includes(wanted),
  )
  return (
    <Root
      as="section"
      className={className}
      data-component="member-list"
      aria-label={text('members.title')}
      aria-busy={isLoading}
    >
      {!isLoading && members.length > 0 && (
        <ListHead
          count={text('members.count', { count: members.length })}
          search={
            members.length > SEARCH_FROM
              ? { label: text('members.search'), query, onQuery: setQuery }
              : undefined
          }
        />
      )}
      {actions.notice && <Alert tone="success">{actions.notice}</Alert>}
      {actions.failure && <Alert>{errorText(actions.failure)}</Alert>}
      {own.error && !props.members ? (
        <Alert
          action={
            <Button variant="secondary" onClick={() => void own.reload()}>
              {text('common.retry')}
            </Button>
          }
        >
          {errorText(own.error)}
        </Alert>
      ) : isLoading ? (
        <Skeleton kind="row" rows={4} />
      ) : members.length === 0 ? (
        (emptyState ?? (
          <EmptyState
            icon="users"
            title={text('members.empty.title')}
            body={text('members.empty.body')}
            action={<InviteMemberModal />}
          />
        ))
      ) : (
        <MemberTable
          members={shown}
          showRoles={showRoles}
          canEdit={canEdit}
          canRemove={canRemove}
          onMemberClick={onMemberClick}
          onChangeRole={actions.changeRole}
          onRemove={setLeaving}
        />
      )}
      {members.length > 0 && shown.length === 0 && (
        <p className="as-muted as-list-note" role="status">
          {text('members.noMatch', { query })}
        </p>
      )}
      <RemoveMember
        member={leaving}
        organizationName={currentOrganization?.name ?? ''}
        onClose={() => setLeaving(null)}
        onConfirm={actions.remove}
      />
    </Root>
  )
}
