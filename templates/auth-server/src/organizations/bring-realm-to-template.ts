import type { Mode } from '../db/mode.ts'
import type { Services } from '../services.ts'

/**
 * Brings the realm of one organization to the shape that this version gives new ones, and notes the
 * template's hash. Doing it again, or in two processes at once, changes nothing.
 */
export async function bringRealmToTemplate(
  { db, keycloak }: Pick<Services, 'db' | 'keycloak'>,
  mode: Mode,
  organizationId: string,
): Promise<void> {
  const hash = await keycloak.realms.bringToTemplate(mode, organizationId)
  await db.tenantTransaction(mode, organizationId, (trx) =>
    trx('organizations')
      .where({ tenant_id: organizationId, status: 'active' })
      .update({ realm_template_hash: hash, updated_at: trx.fn.now() }),
  )
}
