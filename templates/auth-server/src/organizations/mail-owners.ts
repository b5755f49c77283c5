import type { Knex } from 'knex'
import { enqueueMail } from '../mail/enqueue-mail.ts'
import type { Mail } from '../mail/mail.ts'
import { fullName } from '../members/member-view.ts'
import type { Services } from '../services.ts'

/** An owner as a mail needs them. */
export interface OwnerProfile {
  userId: string
  email: string
  name: string | null
}

/** Nobody has so many owners; whoever has gets no flood. */
const ownersMax = 50

/** The active owners of the transaction's organization. */
export async function ownersOf(
  trx: Knex.Transaction,
  organizationId: string,
): Promise<OwnerProfile[]> {
  const rows = await trx('memberships as m')
    .join('roles as r', (on) => on.on('r.tenant_id', 'm.tenant_id').andOn('r.id', 'm.role_id'))
    .joinRaw('join definer.member_profiles(array[m.user_id]) as p on p.user_id = m.user_id')
    .where({ 'm.tenant_id': organizationId, 'm.status': 'active', 'r.slug': 'owner' })
    .select('p.user_id', 'p.email', 'p.first_name', 'p.last_name')
    .limit(ownersMax)
  return rows.map((row) => ({
    userId: row.user_id,
    email: row.email,
    name: fullName(row.first_name, row.last_name),
  }))
}

/** Writes to every active owner, in the transaction of what the mail tells about. */
export async function mailOwners(
  services: Pick<Services, 'masterKey'>,
  trx: Knex.Transaction,
  organizationId: string,
  mailTo: (owner: OwnerProfile) => Mail,
): Promise<void> {
  for (const owner of await ownersOf(trx, organizationId)) {
    await enqueueMail(services, trx, mailTo(owner))
  }
}
