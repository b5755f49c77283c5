import type { Knex } from 'knex'
import { byUser, recordEvent } from '../audit/record-event.ts'
import type { MemberContext } from '../http/context.ts'
import type { RoleRow } from './role-view.ts'

/**
 * Takes a role away from everything that points at it, in favour of `target` if there is one: members,
 * pending invitations, domains that let people in, the role that newcomers get. The caller holds the
 * organization's lock and deletes the role.
 *
 * @returns how many members and invitations have the other role now
 */
export async function moveRole(
  context: MemberContext,
  trx: Knex.Transaction,
  role: RoleRow,
  target: RoleRow | null,
): Promise<{ members: number; invitations: number }> {
  const { organizationId } = context
  const where = { tenant_id: organizationId, role_id: role.id }
  const invitations = target
    ? await trx('invitations')
        .where({ ...where, status: 'pending' })
        .update({ role_id: target.id })
    : 0
  await trx('invitations').where(where).delete()
  await trx('organization_domains')
    .where({ tenant_id: organizationId, auto_join_role_id: role.id })
    // Without a role to give, nobody comes in by the domain.
    .update(
      target ? { auto_join_role_id: target.id } : { auto_join: false, auto_join_role_id: null },
    )
  await trx('organizations')
    .where('tenant_id', organizationId)
    .whereRaw(`settings ->> 'defaultRole' = ?`, [role.slug])
    .update({
      settings: trx.raw(`settings || ?::jsonb`, [
        JSON.stringify({ defaultRole: target?.slug ?? null }),
      ]),
    })
  const members = target ? await moveMembers(context, trx, role, target) : 0
  return { members, invitations }
}

/** One event for each, as if they had been changed one by one: whoever listens for a person hears it. */
async function moveMembers(
  context: MemberContext,
  trx: Knex.Transaction,
  role: RoleRow,
  target: RoleRow,
): Promise<number> {
  const { organizationId } = context
  const moved: { user_id: string }[] = await trx('memberships')
    .where({ tenant_id: organizationId, role_id: role.id })
    .update({ role_id: target.id })
    .returning('user_id')
  for (const { user_id } of moved) {
    await recordEvent(trx, organizationId, {
      ...byUser(context),
      action: 'member.role_changed',
      target: { kind: 'user', id: user_id },
      data: { from: role.slug, to: target.slug },
    })
  }
  return moved.length
}
