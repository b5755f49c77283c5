import type { ReactNode } from 'react'
import { expectTypeOf, test } from 'vitest'
import {
  AuthStackProvider,
  CreateOrganizationForm,
  InviteMemberModal,
  type InviteMemberModalProps,
  type Locale,
  type Member,
  MemberList,
  type MemberListProps,
  type Organization,
  type OrganizationSwitcherProps,
  PasswordReset,
  type PermissionGateProps,
  type Role,
  type UseAuth,
  UserMenu,
  useAuth,
  useOrganizationMembers,
  useOrganizations,
  usePermissions,
  useRoles,
  useTenant,
} from './index.ts'

// The founding document's "Package API Reference", as types.

test('component props', () => {
  expectTypeOf<OrganizationSwitcherProps>().toExtend<{
    onSwitch?: (org: Organization) => void
    showCreateButton?: boolean
    className?: string
  }>()
  expectTypeOf<MemberListProps>().toExtend<{
    showRoles?: boolean
    showActions?: boolean
    onMemberClick?: (member: Member) => void
    emptyState?: ReactNode
    className?: string
  }>()
  expectTypeOf<{
    isOpen: boolean
    onClose: () => void
    onInvite?: (email: string, role: string) => void
    availableRoles?: Role[]
    defaultRole?: string
  }>().toExtend<InviteMemberModalProps>()
  expectTypeOf<{
    permission: string | string[]
    requireAll?: boolean
    orgId?: string
    fallback?: ReactNode
    children: ReactNode
  }>().toExtend<PermissionGateProps>()
})

test('hooks return what is written', () => {
  expectTypeOf(useTenant).returns.toExtend<{
    currentOrganization: Organization | null
    organizations: { id: string; name: string }[]
    switchOrganization: (orgId: string) => Promise<void>
    isLoading: boolean
  }>()
  expectTypeOf(useOrganizations).returns.toHaveProperty('create')
  expectTypeOf(useOrganizations).returns.toHaveProperty('update')
  expectTypeOf(useOrganizations).returns.toHaveProperty('delete')
  expectTypeOf(useOrganizations).returns.toHaveProperty('leave')
  expectTypeOf(useOrganizations).returns.toHaveProperty('createOrganization')
  expectTypeOf(useOrganizationMembers).returns.toExtend<{
    members: Member[]
    inviteMember: (email: string, role: string) => Promise<void>
    removeMember: (userId: string) => Promise<void>
    updateMemberRole: (userId: string, role: string) => Promise<void>
    cancelInvitation: (invitationId: string) => Promise<void>
    resendInvitation: (invitationId: string) => Promise<void>
  }>()
  expectTypeOf(useRoles).returns.toHaveProperty('roles').toEqualTypeOf<Role[]>()
  expectTypeOf(usePermissions).returns.toExtend<{
    permissions: string[]
    roles: string[]
    hasPermission: (permission: string) => boolean
    hasRole: (role: string) => boolean
    hasAnyPermission: (permissions: string[]) => boolean
    hasAllPermissions: (permissions: string[]) => boolean
    isOwner: boolean
    isAdmin: boolean
  }>()
  expectTypeOf<UseAuth['login']>().toEqualTypeOf<
    (email: string, password: string) => Promise<void>
  >()
  expectTypeOf(useAuth).returns.toHaveProperty('getToken')
})

function Guide() {
  const { members, inviteMember, removeMember } = useOrganizationMembers()
  const { createOrganization } = useOrganizations()
  const create = async (name: string) => {
    const made = await createOrganization({ name })
    return made.id
  }
  return (
    <AuthStackProvider
      apiKey="ask_live_abc123xyz789"
      region="us-east"
      theme={{
        primaryColor: '#6366f1',
        errorColor: '#ef4444',
        fontFamily: 'Inter, sans-serif',
        borderRadius: '8px',
      }}
      onError={(error: Error) => error.message}
    >
      <MemberList members={members} onRemove={removeMember} />
      <InviteMemberModal onInvite={inviteMember} />
      <CreateOrganizationForm onSubmit={create} />
      <PasswordReset />
      <UserMenu />
    </AuthStackProvider>
  )
}

test('the integration guide compiles', () => {
  expectTypeOf(Guide).toBeFunction()
})

test('a catalogue that lacks a text does not compile', () => {
  // @ts-expect-error every text is missing
  const locale: Locale = { tag: 'xx', dir: 'ltr', messages: {} }
  expectTypeOf(locale).toBeObject()
})
