import type { Knex } from 'knex'
import { type AuditEvent, recordEvent } from '../audit/record-event.ts'
import { refuseFullPlan } from '../invitations/refuse-full-plan.ts'
import type { Operation } from '../operations/operation.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import type { Services } from '../services.ts'
import { startShadowSync } from './sync-shadow-user.ts'

interface NewMember {
  userId: string
  role: { id: string; slug: string }
  /** Who did it and from where; the target and the role are added here. */
  event: Omit<AuditEvent, 'action' | 'target'>
}

/**
 * Makes a person a member, inside a transaction of the organization: takes its lock, minds the limit
 * of the plan, and records `member.joined`. Who is a member already, suspended ones among them, stays
 * as they are. The caller has checked that the person may come in, and runs `syncShadowUserNow` on the
 * answer after the commit.
 *
 * @returns null when the person was a member already
 * @throws Problem `not_found` (no active organization), `limit_reached`
 */
export async function addMember(
  { settings }: Pick<Services, 'settings'>,
  trx: Knex.Transaction,
  organizationId: string,
  { userId, role, event }: NewMember,
): Promise<Operation | null> {
  await lockOrganization(trx, organizationId)
  const there = await trx('memberships')
    .where({ tenant_id: organizationId, user_id: userId })
    .first('user_id')
  if (there) return null
  await refuseFullPlan(trx, organizationId, settings)
  await trx('memberships').insert({
    tenant_id: organizationId,
    user_id: userId,
    role_id: role.id,
  })
  await recordEvent(trx, organizationId, {
    ...event,
    action: 'member.joined',
    target: { kind: 'user', id: userId },
    data: { ...event.data, role: role.slug },
  })
  return startShadowSync(trx, organizationId, userId)
}
