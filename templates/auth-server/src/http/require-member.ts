import { type Eventually, whenThere } from '../access/eventually.ts'
import { Problem } from '../errors.ts'
import type { MemberContext, UserContext } from './context.ts'

/**
 * Demands a member of the organization in the path. Token, path and X-Tenant-ID must all name it;
 * membership and permissions are read from PostgreSQL, because a token may be 300 s old.
 *
 * Whoever is no member gets the masked 404, the same as for an organization that does not exist:
 * 403 would tell strangers which ids are real.
 */
export function requireMember(
  context: UserContext,
  pathOrganizationId: string | undefined,
  permission: string | null,
): Eventually<MemberContext> {
  const tenant = context.header('x-tenant-id')
  const organizationId = context.tokenOrganizationId
  if (!organizationId || pathOrganizationId !== organizationId) {
    throw notTheirs(context, pathOrganizationId)
  }
  if (tenant !== null && tenant !== organizationId) throw notTheirs(context, tenant)
  const { access } = context.services
  return whenThere(
    access.membership(context.mode, context.userId, organizationId),
    (membership) => {
      if (!membership) throw notTheirs(context, organizationId)
      if (permission && !membership.permissions.includes(permission)) {
        throw new Problem('permission_denied', {
          detail: `This needs the permission "${permission}".`,
          extra: { permission },
        })
      }
      const known = context as MemberContext
      known.machine = null
      known.organizationId = organizationId
      known.organization = membership.organization
      known.role = membership.role
      known.permissions = membership.permissions
      return known
    },
  )
}

/** The masked 404. Whoever collects many of them for different organizations raises an alert. */
function notTheirs(context: UserContext, organizationId: string | undefined): Problem {
  context.services.alerts.seen(context.mode, context.userId, organizationId)
  return new Problem('not_found')
}
