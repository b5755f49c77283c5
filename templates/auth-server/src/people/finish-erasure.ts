import type { Knex } from 'knex'
import { recordEvent } from '../audit/record-event.ts'
import type { Mode } from '../db/mode.ts'
import { dropMember } from '../members/end-membership.ts'
import { findMember, refuseLastOwner } from '../members/find-member.ts'
import { endOperation, type Operation } from '../operations/operation.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import type { Services } from '../services.ts'
import { findInvitations, findMemberships } from './find-ties.ts'

type Needs = Pick<Services, 'db' | 'keycloak' | 'limits' | 'log'>

/** What stands for an address that was erased. RFC 2606: mail to it goes nowhere, and to nobody. */
const placeholder = (id: string) => `erased-${id}@erased.invalid`

/**
 * The saga behind an erasure. Each step can be done twice, and the row of the person goes last: as
 * long as it is there, the sweeper knows what is left to do. The audit trail stays: it holds the id,
 * and what was personal in it can no longer be opened when the person's key is gone.
 */
export async function finishErasure(
  services: Needs,
  mode: Mode,
  operation: Operation,
): Promise<void> {
  const userId = operation.subjectId
  const email = String(operation.payload.email)
  for (const tie of await findMemberships(services.db, mode, userId)) {
    if (tie.organizationStatus === 'active') {
      await leaveOrganization(services, mode, tie.organizationId, userId)
    }
  }
  // By the log, which also knows of the organizations that the person has left before.
  for (const organizationId of await findShadows(services, mode, userId)) {
    await services.keycloak.users.deleteShadowUser(mode, organizationId, userId)
  }
  for (const { organizationId, invitationId } of await findInvitations(services.db, mode, email)) {
    await scrubInvitation(services, mode, organizationId, invitationId)
  }
  await services.keycloak.users.deleteHubUser(mode, userId)
  await services.limits.login.forget(`${mode}:${email}`)
  await services.db.hub(mode, (trx) => deletePerson(trx, { userId, email }))
  await endOperation(services.db.hubQuery(mode), operation.id, 'done')
}

/** Where the person may still have a shadow user: where they are a member, or were. */
async function findShadows({ db }: Needs, mode: Mode, userId: string): Promise<string[]> {
  const left: { organization_id: string }[] = await db
    .hubQuery(mode)('revocation_log')
    .where({ kind: 'member_removed', subject_id: userId })
    .distinct('organization_id')
  const stillIn = await findMemberships(db, mode, userId)
  return [
    ...new Set([
      ...left.map((row) => row.organization_id),
      ...stillIn.map(({ organizationId }) => organizationId),
    ]),
  ]
}

/** An owner who became the last one since the erasure was asked for stops it here, until they are not. */
async function leaveOrganization(
  { db }: Needs,
  mode: Mode,
  organizationId: string,
  userId: string,
): Promise<void> {
  await db.tenantTransaction(mode, organizationId, async (trx) => {
    await lockOrganization(trx, organizationId)
    const member = await findMember(trx, organizationId, userId)
    if (!member) return
    await refuseLastOwner(trx, organizationId, member)
    await dropMember(trx, organizationId, userId, 'removed')
    await recordEvent(trx, organizationId, {
      action: 'member.removed',
      actor: { kind: 'operator', id: null },
      target: { kind: 'user', id: userId },
      data: { role: member.role.slug, reason: 'erased' },
    })
  })
}

async function scrubInvitation(
  { db }: Needs,
  mode: Mode,
  organizationId: string,
  invitationId: string,
): Promise<void> {
  await db.tenantTransaction(mode, organizationId, async (trx) => {
    const own = { tenant_id: organizationId, id: invitationId }
    const cancelled = await trx('invitations')
      .where({ ...own, status: 'pending' })
      .update({ status: 'cancelled' })
    await trx('invitations')
      .where(own)
      .update({ email: placeholder(invitationId) })
    if (cancelled === 0) return
    await recordEvent(trx, organizationId, {
      action: 'invitation.cancelled',
      actor: { kind: 'operator', id: null },
      target: { kind: 'invitation', id: invitationId },
      data: { reason: 'erased' },
    })
  })
}

/** The row and all that hangs on it; what only names the address goes by the address. */
async function deletePerson(
  trx: Knex.Transaction,
  { userId, email }: { userId: string; email: string },
): Promise<void> {
  await trx('outbox').whereRaw(`payload ->> 'to' = ?`, [email]).delete()
  // Kept answers of a day: the person's own, and of whoever invited them.
  await trx('idempotency_records')
    .where('subject', userId)
    .orWhereRaw('position(? in body::text) > 0', [email])
    .delete()
  await trx('identity_operations')
    .where('subject_id', userId)
    .whereNot('kind', 'erase-person')
    .whereIn('state', ['done', 'undone', 'failed'])
    .delete()
  await trx('person_keys').where('user_id', userId).delete()
  const deleted = await trx('users').where('id', userId).delete()
  // A backup that is restored knows the person again; this says that it must not.
  if (deleted > 0) {
    await trx('revocation_log').insert({ kind: 'person_erased', subject_id: userId })
  }
}
