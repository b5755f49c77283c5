import { type Route, route, secret } from '../http/route.ts'
import { addBackendMember } from './add-member.ts'
import { reactivateBackendUser, suspendBackendUser } from './change-user-state.ts'
import { createBackendOrganization } from './create-organization.ts'
import { createBackendUser } from './create-user.ts'
import { getBackendMember } from './get-member.ts'
import { getBackendOrganization } from './get-organization.ts'
import { getBackendUser } from './get-user.ts'
import { listBackendMembers } from './list-members.ts'
import { listBackendOrganizations } from './list-organizations.ts'
import { listBackendUsers } from './list-users.ts'
import { removeBackendMember } from './remove-member.ts'
import { revokeBackendUserSessions } from './revoke-user-sessions.ts'
import { updateBackendMember } from './update-member.ts'

const ORGS = '/api/v1/backend/organizations'
const USERS = '/api/v1/backend/users'

/**
 * What the customer's own servers may do with a secret key, in every organization of the key's mode.
 * `createClient` of `@authstack/react/server` is generated from these.
 */
export const backendRoutes: Route[] = [
  route('GET', ORGS, secret('organizations:read'), listBackendOrganizations),
  route('POST', ORGS, secret('organizations:write'), createBackendOrganization),
  route('GET', `${ORGS}/:orgId`, secret('organizations:read'), getBackendOrganization),
  route('GET', `${ORGS}/:orgId/members`, secret('organizations:read'), listBackendMembers),
  route('POST', `${ORGS}/:orgId/members`, secret('organizations:write'), addBackendMember),
  route('GET', `${ORGS}/:orgId/members/:userId`, secret('organizations:read'), getBackendMember),
  route(
    'PATCH',
    `${ORGS}/:orgId/members/:userId`,
    secret('organizations:write'),
    updateBackendMember,
  ),
  route(
    'DELETE',
    `${ORGS}/:orgId/members/:userId`,
    secret('organizations:write'),
    removeBackendMember,
  ),
  route('GET', USERS, secret('users:read'), listBackendUsers),
  route('POST', USERS, secret('users:write'), createBackendUser),
  route('GET', `${USERS}/:userId`, secret('users:read'), getBackendUser),
  route('POST', `${USERS}/:userId/suspend`, secret('users:write'), suspendBackendUser),
  route('POST', `${USERS}/:userId/reactivate`, secret('users:write'), reactivateBackendUser),
  route(
    'POST',
    `${USERS}/:userId/revoke-sessions`,
    secret('users:write'),
    revokeBackendUserSessions,
  ),
]
