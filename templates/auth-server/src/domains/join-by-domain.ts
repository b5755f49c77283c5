import type { Mode } from '../db/mode.ts'
import { Problem } from '../errors.ts'
import { addMember } from '../members/add-member.ts'
import { syncShadowUserNow } from '../members/sync-shadow-user.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import type { Services } from '../services.ts'
import { findJoinable, type Joinable } from './find-joinable.ts'

type Needs = Pick<Services, 'db' | 'keycloak' | 'settings' | 'log'>

interface Joiner {
  userId: string
  /** Their proved address, lower-case. */
  email: string
  ip: string
  requestId: string
}

/**
 * At sign-in, and when an address is proved: makes the person a member where a verified domain says
 * so. A full plan keeps them out without a word; signing in works all the same. Whoever holds an
 * invitation is left to accept it: it may give them another role.
 */
export async function joinByDomain(services: Needs, mode: Mode, joiner: Joiner): Promise<void> {
  for (const joinable of await findJoinable(services, mode, joiner.userId)) {
    if (joinable.hasLeft || (await isInvited(services, mode, joinable, joiner.email))) continue
    try {
      await joinOne(services, mode, joinable, joiner)
    } catch (error) {
      const code = error instanceof Problem ? error.code : null
      if (code !== 'limit_reached' && code !== 'not_found') throw error
      const organizationId = joinable.organization.id
      services.log.info({ code, organizationId, mode }, 'Somebody could not join by their domain')
    }
  }
}

async function isInvited(
  { db }: Needs,
  mode: Mode,
  { organization }: Joinable,
  email: string,
): Promise<boolean> {
  const rows = await db.tenantRead(mode, organization.id, (knex) =>
    knex('invitations')
      .where({ tenant_id: organization.id, email, status: 'pending' })
      .where('expires_at', '>', knex.fn.now())
      .select('id'),
  )
  return rows.length > 0
}

/**
 * One of them. Everything is asked again under the organization's lock: the domain may have been lost,
 * or its role deleted, since it was found.
 *
 * @throws Problem `not_found`, `limit_reached`
 */
export async function joinOne(
  services: Needs,
  mode: Mode,
  { organization, domain, domainId }: Joinable,
  { userId, ip, requestId }: Omit<Joiner, 'email'>,
): Promise<void> {
  const operation = await services.db.tenantTransaction(mode, organization.id, async (trx) => {
    await lockOrganization(trx, organization.id)
    const found = await trx('organization_domains as d')
      .join('roles as r', (on) =>
        on.on('r.tenant_id', 'd.tenant_id').andOn('r.id', 'd.auto_join_role_id'),
      )
      .where({ 'd.tenant_id': organization.id, 'd.id': domainId, 'd.domain': domain })
      .where({ 'd.status': 'verified', 'd.auto_join': true })
      .first('r.id', 'r.slug')
    if (!found) throw new Problem('not_found')
    return addMember(services, trx, organization.id, {
      userId,
      role: { id: found.id, slug: found.slug },
      event: {
        actor: { kind: 'user', id: userId },
        ip,
        requestId,
        data: { by: 'domain', domain },
      },
    })
  })
  if (operation) await syncShadowUserNow(services, mode, operation)
}
