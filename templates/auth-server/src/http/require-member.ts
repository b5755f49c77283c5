import { Problem } from '../errors.ts'
import type { MemberContext, UserContext } from './context.ts'

/**
 * Demands a member of the organization in the path. Token, path and X-Tenant-ID must all name it;
 * membership and permissions are read from PostgreSQL, because a token may be 300 s old.
 *
 * Whoever is no member gets the masked 404, the same as for an organization that does not exist:
 * 403 would tell strangers which ids are real.
 */
export async function requireMember(
  context: UserContext,
  pathOrganizationId: string | undefined,
  permission: string | null,
): Promise<MemberContext> {
  const tenant = context.header('x-tenant-id')
  const organizationId = context.tokenOrganizationId
  if (!organizationId || pathOrganizationId !== organizationId) throw new Problem('not_found')
  if (tenant !== null && tenant !== organizationId) throw new Problem('not_found')
  const membership = await context.services.access.membership(
    context.mode,
    context.userId,
    organizationId,
  )
  if (!membership) throw new Problem('not_found')
  if (permission && !membership.permissions.includes(permission)) {
    throw new Problem('permission_denied', {
      detail: `This needs the permission "${permission}".`,
      extra: { permission },
    })
  }
  return {
    ...context,
    organizationId,
    organization: membership.organization,
    role: membership.role,
    permissions: membership.permissions,
  }
}
