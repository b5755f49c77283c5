'use client'

export { AcceptInvitation, type AcceptInvitationProps } from './components/accept-invitation.tsx'
export type {
  Appearance,
  ElementName,
  ThemeConfig,
  ThemeVariable,
} from './components/appearance.ts'
export { AuthStackProvider, type AuthStackProviderProps } from './components/authstack-provider.tsx'
export {
  CreateOrganization,
  CreateOrganization as CreateOrganizationForm,
  type CreateOrganizationProps,
} from './components/create-organization.tsx'
export {
  InviteMemberModal,
  type InviteMemberModalProps,
} from './components/invite-member-modal.tsx'
export { LoginForm, type LoginFormProps } from './components/login-form.tsx'
export { MemberList, type MemberListProps } from './components/member-list.tsx'
export {
  OrganizationSwitcher,
  type OrganizationSwitcherProps,
} from './components/organization-switcher.tsx'
export {
  PasswordResetForm,
  type PasswordResetFormProps,
} from './components/password-reset-form.tsx'
export {
  PasswordResetRequest,
  PasswordResetRequest as PasswordReset,
  type PasswordResetRequestProps,
} from './components/password-reset-request.tsx'
export {
  PendingInvitations,
  type PendingInvitationsProps,
} from './components/pending-invitations.tsx'
export { PermissionGate, type PermissionGateProps } from './components/permission-gate.tsx'
export { ProtectedRoute, type ProtectedRouteProps } from './components/protected-route.tsx'
export { RedirectCallback, type RedirectCallbackProps } from './components/redirect-callback.tsx'
export { RoleGate, type RoleGateProps } from './components/role-gate.tsx'
export { SignupForm, type SignupFormProps } from './components/signup-form.tsx'
export { TenantProvider, type TenantProviderProps } from './components/tenant-provider.tsx'
export {
  UserMenu,
  UserMenu as UserButton,
  type UserMenuProps,
} from './components/user-menu.tsx'
export { UserProfile, type UserProfileProps } from './components/user-profile.tsx'
export { VerifyEmail, type VerifyEmailProps } from './components/verify-email.tsx'
export { AuthStackError, type FieldError, isAuthStackError } from './core/authstack-error.ts'
// By `*`: TypeScript lets an app add to AuthStackTypes only so, not through a named re-export.
export type * from './core/authstack-types.ts'
export { type AuthStackClient, createClient } from './core/client.ts'
export type { ClientOptions, SessionState } from './core/core.ts'
export type { CreateOrganizationData, UpdateOrganizationData } from './core/organizations.ts'
export type { RedirectOptions } from './core/redirect-login.ts'
export type * from './core/types.ts'
export { useAuthStack } from './hooks/context.ts'
export { type UseAuth, useAuth } from './hooks/use-auth.ts'
export { useConfig } from './hooks/use-config.ts'
export {
  type UseOrganizationMembers,
  useOrganizationMembers,
} from './hooks/use-organization-members.ts'
export { type UseOrganizations, useOrganizations } from './hooks/use-organizations.ts'
export { type UsePermissions, usePermissions } from './hooks/use-permissions.ts'
export { type UseRoles, useRoles } from './hooks/use-roles.ts'
export { type UseTenant, useTenant } from './hooks/use-tenant.ts'
export { type UseUser, useUser } from './hooks/use-user.ts'
export { en } from './locales/en.ts'
export type { Locale, Message, MessageKey } from './locales/message.ts'
