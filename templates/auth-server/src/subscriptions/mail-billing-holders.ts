import type { Knex } from 'knex'
import { enqueueMail } from '../mail/enqueue-mail.ts'
import type { Mail, MailData } from '../mail/mail.ts'
import { rolePermissions } from '../roles/expand-permissions.ts'
import type { Services } from '../services.ts'

type BillingTemplate = 'payment-failed' | 'plan-ended' | 'trial-ending' | 'usage-warning'

/** More than these need not hear of one bill. */
const RECIPIENTS_MAX = 20

/** Leaves a mail for every active member who may change plan and payment, in the caller's transaction. */
export async function mailBillingHolders<T extends BillingTemplate>(
  services: Pick<Services, 'masterKey' | 'settings'>,
  trx: Knex.Transaction,
  organizationId: string,
  template: T,
  data: MailData[T],
): Promise<void> {
  for (const to of await billingAddresses(services, trx, organizationId)) {
    await enqueueMail(services, trx, { template, to, data } as Mail)
  }
}

async function billingAddresses(
  { settings }: Pick<Services, 'settings'>,
  trx: Knex.Transaction,
  organizationId: string,
): Promise<string[]> {
  const roles: { id: string; slug: string; permissions: string[] | null }[] = await trx('roles')
    .where('tenant_id', organizationId)
    .select('id', 'slug', 'permissions')
  const holding = roles.filter((role) => rolePermissions(settings, role).includes('billing:edit'))
  const members: { user_id: string }[] = await trx('memberships')
    .where({ tenant_id: organizationId, status: 'active' })
    .whereIn(
      'role_id',
      holding.map((role) => role.id),
    )
    .orderBy('joined_at')
    .limit(RECIPIENTS_MAX)
    .select('user_id')
  const { rows } = (await trx.raw('select email from definer.member_profiles(?)', [
    members.map((member) => member.user_id),
  ])) as { rows: { email: string }[] }
  return rows.map((row) => row.email)
}
