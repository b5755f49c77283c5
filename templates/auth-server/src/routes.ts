import { listEvents } from './audit/list-events.ts'
import { appToken } from './auth/app-token.ts'
import { authorize } from './auth/authorize.ts'
import { completeAuthorization } from './auth/complete-authorization.ts'
import { confirmPasswordReset } from './auth/confirm-password-reset.ts'
import { exchangeCode } from './auth/exchange-code.ts'
import { introspect } from './auth/introspect.ts'
import { issuerKeys } from './auth/issuer-keys.ts'
import { login } from './auth/login.ts'
import { logout } from './auth/logout.ts'
import { refresh } from './auth/refresh.ts'
import { requestPasswordReset } from './auth/request-password-reset.ts'
import { resendVerification } from './auth/resend-verification.ts'
import { showAuthorization } from './auth/show-authorization.ts'
import { signup } from './auth/signup.ts'
import { switchOrganization } from './auth/switch-organization.ts'
import { verifyEmail } from './auth/verify-email.ts'
import { backendRoutes } from './backend/backend-routes.ts'
import { getConfig } from './config/get-config.ts'
import { addDepartmentMember } from './departments/add-department-member.ts'
import { createDepartment } from './departments/create-department.ts'
import { deleteDepartment } from './departments/delete-department.ts'
import { listDepartmentMembers } from './departments/list-department-members.ts'
import { listDepartments } from './departments/list-departments.ts'
import { removeDepartmentMember } from './departments/remove-department-member.ts'
import { showDepartment } from './departments/show-department.ts'
import { updateDepartment } from './departments/update-department.ts'
import { addDomain } from './domains/add-domain.ts'
import { joinOrganization } from './domains/join-organization.ts'
import { listDomains } from './domains/list-domains.ts'
import { removeDomain } from './domains/remove-domain.ts'
import { updateDomain } from './domains/update-domain.ts'
import { verifyDomain } from './domains/verify-domain.ts'
import { livez, readyz } from './health/health.ts'
import {
  anySession,
  everyone,
  issuesSession,
  member,
  memberOrMachine,
  type Route,
  route,
  secret,
  user,
  withKey,
} from './http/route.ts'
import { acceptInvitation } from './invitations/accept-invitation.ts'
import { cancelInvitation } from './invitations/cancel-invitation.ts'
import { createInvitation } from './invitations/create-invitation.ts'
import { listInvitations } from './invitations/list-invitations.ts'
import { lookupInvitation } from './invitations/lookup-invitation.ts'
import { resendInvitation } from './invitations/resend-invitation.ts'
import { createMachineKey } from './machine-keys/create-machine-key.ts'
import { listMachineKeys } from './machine-keys/list-machine-keys.ts'
import { revokeMachineKey } from './machine-keys/revoke-machine-key.ts'
import { rotateMachineKey } from './machine-keys/rotate-machine-key.ts'
import { getMe } from './me/get-me.ts'
import { listJoinableOrganizations } from './me/list-joinable-organizations.ts'
import { listSessions } from './me/list-sessions.ts'
import { revokeSession } from './me/revoke-session.ts'
import { revokeSessions } from './me/revoke-sessions.ts'
import { updateMe } from './me/update-me.ts'
import { getMember } from './members/get-member.ts'
import { listMembers } from './members/list-members.ts'
import { reactivateMember } from './members/reactivate-member.ts'
import { removeMember } from './members/remove-member.ts'
import { suspendMember } from './members/suspend-member.ts'
import { updateMember } from './members/update-member.ts'
import { createOrganization } from './organizations/create-organization.ts'
import { deleteOrganization } from './organizations/delete-organization.ts'
import { getOrganization } from './organizations/get-organization.ts'
import { leaveOrganization } from './organizations/leave-organization.ts'
import { listOrganizations } from './organizations/list-organizations.ts'
import { restoreOrganization } from './organizations/restore-organization.ts'
import { transferOwnership } from './organizations/transfer-ownership.ts'
import { updateOrganization } from './organizations/update-organization.ts'
import { showOpenApi } from './reference/show-openapi.ts'
import { showReference } from './reference/show-reference.ts'
import { createRole } from './roles/create-role.ts'
import { deleteRole } from './roles/delete-role.ts'
import { listPermissions } from './roles/list-permissions.ts'
import { listRoles } from './roles/list-roles.ts'
import { setRolePermissions } from './roles/set-role-permissions.ts'
import { showRole } from './roles/show-role.ts'
import { updateRole } from './roles/update-role.ts'
import { cancelSubscription } from './subscriptions/cancel-subscription.ts'
import { listInvoices } from './subscriptions/list-invoices.ts'
import { openPortal } from './subscriptions/open-portal.ts'
import { receiveStripeEvent } from './subscriptions/receive-stripe-event.ts'
import { resumeSubscription } from './subscriptions/resume-subscription.ts'
import { showSubscription } from './subscriptions/show-subscription.ts'
import { startCheckout } from './subscriptions/start-checkout.ts'

const ORG = '/api/v1/organizations/:orgId'

/** Every public route: method, path, who may, what it does. What is not here does not exist. */
export const routes: Route[] = [
  route('GET', '/livez', everyone(), livez),
  route('GET', '/readyz', everyone(), readyz),

  route('GET', '/api/v1/openapi.json', everyone(), showOpenApi),
  route('GET', '/api/v1/reference', everyone(), showReference),

  route('GET', '/api/v1/config', withKey(), getConfig),

  route('POST', '/api/v1/auth/signup', withKey(), signup),
  route('POST', '/api/v1/auth/verify-email', issuesSession(), verifyEmail),
  route('POST', '/api/v1/auth/verify-email/resend', withKey(), resendVerification),
  route('POST', '/api/v1/auth/login', issuesSession(), login),
  route('POST', '/api/v1/auth/refresh', issuesSession(), refresh),
  route('POST', '/api/v1/auth/switch', anySession(), switchOrganization),
  route('POST', '/api/v1/auth/app-token', anySession(), appToken),
  route('POST', '/api/v1/auth/logout', withKey(), logout),
  route('POST', '/api/v1/auth/password-reset', withKey(), requestPasswordReset),
  route('POST', '/api/v1/auth/password-reset/confirm', withKey(), confirmPasswordReset),
  route('GET', '/api/v1/auth/authorize', everyone(), authorize),
  route('GET', '/api/v1/auth/authorize/:requestId', withKey(), showAuthorization),
  route('POST', '/api/v1/auth/authorize/:requestId/complete', anySession(), completeAuthorization),
  route('POST', '/api/v1/auth/token', issuesSession(), exchangeCode),
  route('POST', '/api/v1/auth/introspect', secret('introspect'), introspect),
  route('GET', '/api/v1/issuers/:orgId/jwks.json', everyone(), issuerKeys),

  route('GET', '/api/v1/me', anySession(), getMe),
  route('PATCH', '/api/v1/me', user(), updateMe),
  route('GET', '/api/v1/me/sessions', anySession(), listSessions),
  route('DELETE', '/api/v1/me/sessions', anySession(), revokeSessions),
  route('DELETE', '/api/v1/me/sessions/:sessionId', anySession(), revokeSession),
  route('GET', '/api/v1/me/joinable-organizations', user(), listJoinableOrganizations),

  route('GET', '/api/v1/organizations', anySession(), listOrganizations),
  route('POST', '/api/v1/organizations', user(), createOrganization),
  route('GET', ORG, member(), getOrganization),
  route('PATCH', ORG, member('organization:settings:edit'), updateOrganization),
  route('DELETE', ORG, member('organization:delete', 10), deleteOrganization),
  route('POST', `${ORG}/restore`, user(), restoreOrganization),
  route('POST', `${ORG}/transfer-ownership`, member(null, 10), transferOwnership),
  route('POST', `${ORG}/join`, user(), joinOrganization),
  route('POST', `${ORG}/leave`, member(), leaveOrganization),
  route('GET', `${ORG}/members`, memberOrMachine('members:view'), listMembers),
  route('GET', `${ORG}/members/:userId`, memberOrMachine('members:view'), getMember),
  route('PATCH', `${ORG}/members/:userId`, member('members:edit'), updateMember),
  route('DELETE', `${ORG}/members/:userId`, member('members:remove'), removeMember),
  route('POST', `${ORG}/members/:userId/suspend`, member('members:edit'), suspendMember),
  route('POST', `${ORG}/members/:userId/reactivate`, member('members:edit'), reactivateMember),
  route('GET', `${ORG}/domains`, member('domains:view'), listDomains),
  route('POST', `${ORG}/domains`, member('domains:edit'), addDomain),
  route('PATCH', `${ORG}/domains/:domainId`, member('domains:edit'), updateDomain),
  route('DELETE', `${ORG}/domains/:domainId`, member('domains:edit'), removeDomain),
  route('POST', `${ORG}/domains/:domainId/verify`, member('domains:edit'), verifyDomain),
  route('GET', `${ORG}/invitations`, memberOrMachine('members:view'), listInvitations),
  route('POST', `${ORG}/invitations`, memberOrMachine('members:invite'), createInvitation),
  route(
    'DELETE',
    `${ORG}/invitations/:invitationId`,
    memberOrMachine('members:invite'),
    cancelInvitation,
  ),
  route(
    'POST',
    `${ORG}/invitations/:invitationId/resend`,
    memberOrMachine('members:invite'),
    resendInvitation,
  ),
  route('GET', `${ORG}/roles`, memberOrMachine(null), listRoles),
  route('POST', `${ORG}/roles`, member('roles:edit'), createRole),
  route('GET', `${ORG}/roles/:roleId`, memberOrMachine(null), showRole),
  route('PATCH', `${ORG}/roles/:roleId`, member('roles:edit'), updateRole),
  route('DELETE', `${ORG}/roles/:roleId`, member('roles:edit'), deleteRole),
  route('PUT', `${ORG}/roles/:roleId/permissions`, member('roles:edit'), setRolePermissions),
  route('GET', `${ORG}/permissions`, memberOrMachine(null), listPermissions),
  route('GET', `${ORG}/departments`, memberOrMachine('departments:view'), listDepartments),
  route('POST', `${ORG}/departments`, member('departments:edit'), createDepartment),
  route(
    'GET',
    `${ORG}/departments/:departmentId`,
    memberOrMachine('departments:view'),
    showDepartment,
  ),
  route('PATCH', `${ORG}/departments/:departmentId`, member('departments:edit'), updateDepartment),
  route('DELETE', `${ORG}/departments/:departmentId`, member('departments:edit'), deleteDepartment),
  route(
    'GET',
    `${ORG}/departments/:departmentId/members`,
    memberOrMachine('departments:view'),
    listDepartmentMembers,
  ),
  route(
    'PUT',
    `${ORG}/departments/:departmentId/members/:userId`,
    member('departments:edit'),
    addDepartmentMember,
  ),
  route(
    'DELETE',
    `${ORG}/departments/:departmentId/members/:userId`,
    member('departments:edit'),
    removeDepartmentMember,
  ),
  route('GET', `${ORG}/audit-events`, memberOrMachine('audit:view'), listEvents),
  route('GET', `${ORG}/api-keys`, member('api-keys:view'), listMachineKeys),
  route('POST', `${ORG}/api-keys`, member('api-keys:edit'), createMachineKey),
  route('POST', `${ORG}/api-keys/:keyId/rotate`, member('api-keys:edit'), rotateMachineKey),
  route('DELETE', `${ORG}/api-keys/:keyId`, member('api-keys:edit'), revokeMachineKey),
  route('GET', `${ORG}/subscription`, member(), showSubscription),
  route('POST', `${ORG}/subscription/checkout`, member('billing:edit'), startCheckout),
  route('POST', `${ORG}/subscription/portal`, member('billing:edit'), openPortal),
  route('POST', `${ORG}/subscription/cancel`, member('billing:edit'), cancelSubscription),
  route('POST', `${ORG}/subscription/resume`, member('billing:edit'), resumeSubscription),
  route('GET', `${ORG}/subscription/invoices`, member('billing:view'), listInvoices),

  ...backendRoutes,

  route('POST', '/api/v1/webhooks/stripe', everyone(), receiveStripeEvent),

  route('POST', '/api/v1/invitations/lookup', withKey(), lookupInvitation),
  route('POST', '/api/v1/invitations/accept', user(), acceptInvitation),
]
