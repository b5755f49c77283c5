import { Problem } from '../errors.ts'
import { noteKeyUse } from '../machine-keys/note-key-use.ts'
import { noteUse } from '../organizations/note-use.ts'
import type { PublicContext, TenantContext } from './context.ts'

const BEARER = /^Bearer (authstack_org_\S{1,200})$/i

/** Whether the caller shows a machine key, good or bad, where others show an access token. */
export const isMachine = (context: PublicContext): boolean =>
  BEARER.test(context.header('authorization') ?? '')

/**
 * Demands a machine key of the organization in the path, with the permission, from a server. The mode
 * is the key's own: a test key looks only into the test database.
 *
 * A key of another organization gets the masked 404, like a person who is no member.
 */
export async function requireMachine(
  context: PublicContext,
  pathOrganizationId: string | undefined,
  permission: string | null,
): Promise<TenantContext> {
  const { services } = context
  // Only pages send these: a machine key in a page is in everybody's hands.
  if (context.header('origin') || context.header('sec-fetch-site')) {
    throw new Problem('origin_not_allowed', {
      detail: 'A machine key is for servers, not for pages.',
    })
  }
  const sent = BEARER.exec(context.header('authorization') ?? '')?.[1] ?? ''
  const key = await services.access.machineKey(sent)
  if (!key) throw new Problem('key_invalid')
  services.limits.count('key', key.id)
  const { organization, mode } = key
  const tenant = context.header('x-tenant-id')
  if (pathOrganizationId !== organization.id) throw new Problem('not_found')
  if (tenant !== null && tenant !== organization.id) throw new Problem('not_found')
  if (permission && !key.permissions.includes(permission)) {
    throw new Problem('permission_denied', {
      detail: `This needs the permission "${permission}".`,
      extra: { permission },
    })
  }
  noteUse(services, mode, organization.id)
  noteKeyUse(services, mode, organization.id, key.id)
  return {
    ...context,
    mode,
    key: { id: key.id },
    userId: null,
    machine: { id: key.id, name: key.name },
    organizationId: organization.id,
    organization,
    permissions: key.permissions,
  }
}
