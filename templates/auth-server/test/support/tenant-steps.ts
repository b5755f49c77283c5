import { Problem } from '../../src/errors.ts'
import { createInvitation } from '../../src/invitations/create-invitation.ts'
import { open } from '../../src/keys/envelope.ts'
import { mode, type TenantWorld } from './tenant-world.ts'

/** Adds a member with a role, without a mail. */
export async function join(
  world: TenantWorld,
  organizationId: string,
  slug: string,
): Promise<{ id: string; email: string }> {
  const person = await world.newUser()
  await world.db.tenantTransaction(mode, organizationId, async (trx) => {
    const role = await trx('roles').where({ tenant_id: organizationId, slug }).first('id')
    await trx('memberships').insert({
      tenant_id: organizationId,
      user_id: person.id,
      role_id: role.id,
    })
  })
  return person
}

/** Invites an address as the action does, in the name of `by`. */
export async function invite(
  world: TenantWorld,
  organizationId: string,
  by: string,
  email: string,
  role = 'member',
) {
  const context = await world.member(by, organizationId)
  return createInvitation.run(context, {
    params: { orgId: organizationId },
    query: undefined,
    body: { email, role },
  })
}

/** The token of the newest mail to an address, opened as the worker would. */
export async function outboxToken(world: TenantWorld, email: string): Promise<string> {
  const row = await world.db
    .hubQuery(mode)('outbox')
    .whereRaw(`payload ->> 'to' = ?`, [email])
    .orderBy('created_at', 'desc')
    .first('sealed')
  return open(world.services.masterKey, 'mail-token', row.sealed)
}

/** `ok`, the code of the problem, or the name of another error. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'ok'
  } catch (error) {
    return error instanceof Problem ? error.code : (error as Error).name
  }
}
