import type { Mode } from '../db/mode.ts'
import { ensureRoles } from '../roles/ensure-roles.ts'
import type { Services } from '../services.ts'
import type { WantedOrganization } from './reserve-organization.ts'
import { slugCandidates, slugTaken } from './slug.ts'

/**
 * Writes the organization (pending: nobody sees it), its roles and its owner. Doing it again with the
 * same id changes nothing. Throws 409 `slug_taken` when the slug was given and is taken.
 *
 * @returns false when the organization has been made before and lives its own life since
 */
export async function insertOrganization(
  services: Pick<Services, 'db' | 'settings'>,
  mode: Mode,
  organizationId: string,
  wanted: WantedOrganization,
): Promise<boolean> {
  const candidates = wanted.isSlugGiven ? [wanted.slug] : slugCandidates(wanted.slug)
  for (const slug of candidates) {
    const outcome = await tryInsert(services, mode, organizationId, { ...wanted, slug })
    if (outcome !== 'slug_taken') return outcome === 'pending'
  }
  throw slugTaken()
}

async function tryInsert(
  { db, settings }: Pick<Services, 'db' | 'settings'>,
  mode: Mode,
  organizationId: string,
  wanted: WantedOrganization,
): Promise<'pending' | 'made_before' | 'slug_taken'> {
  return db.tenantTransaction(mode, organizationId, async (trx) => {
    // The unique index decides, also against an organization that is being made right now.
    await trx('organizations')
      .insert({
        tenant_id: organizationId,
        slug: wanted.slug,
        name: wanted.name,
        plan: wanted.plan,
        pending_plan: wanted.pendingPlan ?? null,
        created_by: wanted.userId,
      })
      .onConflict()
      .ignore()
    const own = await trx('organizations')
      .where('tenant_id', organizationId)
      .forUpdate()
      .first('status')
    // Not our row, so the conflict was on the slug of an organization that we cannot see.
    if (!own) return 'slug_taken'
    // A founder who was removed since could repeat the request and be owner again.
    if (own.status !== 'pending') return 'made_before'
    await ensureRoles(trx, organizationId, settings)
    const owner = await trx('roles').where({ tenant_id: organizationId, slug: 'owner' }).first('id')
    await trx('memberships')
      .insert({ tenant_id: organizationId, user_id: wanted.userId, role_id: owner.id })
      .onConflict(['tenant_id', 'user_id'])
      .ignore()
    return 'pending'
  })
}
