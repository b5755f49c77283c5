import { useMemo } from 'react'
import { AuthStackError } from '../core/authstack-error.ts'
import type { AuthStackClient } from '../core/client.ts'
import {
  changeInvitation,
  inviteMember,
  organizationResources,
  removeMember,
  updateMemberRole,
} from '../core/members.ts'
import type { Invitation, Member } from '../core/types.ts'
import { useAuthStack } from './context.ts'
import { useResource } from './use-resource.ts'
import { useSession } from './use-session.ts'

export interface UseOrganizationMembers extends MemberActions {
  members: Member[]
  /** Empty for people who may not see invitations. */
  pendingInvitations: Invitation[]
  isLoading: boolean
  error: AuthStackError | null
}

interface MemberActions {
  /** `role` is a role's slug, name or id. */
  inviteMember: (email: string, role: string) => Promise<void>
  removeMember: (userId: string) => Promise<void>
  updateMemberRole: (userId: string, role: string) => Promise<void>
  cancelInvitation: (invitationId: string) => Promise<void>
  resendInvitation: (invitationId: string) => Promise<void>
  reload: () => Promise<void>
}

/** Members and invitations of the current organization, shared by every component that shows them. */
export function useOrganizationMembers(): UseOrganizationMembers {
  const { client } = useAuthStack()
  const { organization } = useSession()
  const id = organization?.id ?? null
  const sees = (name: string) => organization?.permissions.includes(name) ?? false
  const resources = id ? organizationResources(client, id) : null
  const members = useResource(resources && sees('members:view') ? resources.members : null)
  const invitations = useResource(
    resources && sees('members:invite') ? resources.invitations : null,
  )
  const actions = useMemo(() => actionsOf(client, id), [client, id])
  return {
    members: members.data ?? [],
    pendingInvitations: (invitations.data ?? []).filter((one) => one.status === 'pending'),
    isLoading: members.isLoading || invitations.isLoading,
    error: members.error ?? invitations.error,
    ...actions,
  }
}

function actionsOf(client: AuthStackClient, id: string | null): MemberActions {
  const inCurrent = <T>(operation: (organizationId: string) => Promise<T>) =>
    client.run(() => operation(known(id)))
  return {
    inviteMember: (email, role) => inCurrent((org) => inviteMember(client, org, email, role)),
    removeMember: (userId) => inCurrent((org) => removeMember(client, org, userId)),
    updateMemberRole: (userId, role) =>
      inCurrent((org) => updateMemberRole(client, org, userId, role)),
    cancelInvitation: (one) => inCurrent((org) => changeInvitation(client, org, one, 'cancel')),
    resendInvitation: (one) => inCurrent((org) => changeInvitation(client, org, one, 'resend')),
    reload: async () => {
      if (!id) return
      const { members, invitations } = organizationResources(client, id)
      await Promise.all([members.reload(), invitations.reload()])
    },
  }
}

function known(id: string | null): string {
  if (id) return id
  throw new AuthStackError('No organization is selected.', {
    code: 'organization_missing',
    status: 0,
  })
}
