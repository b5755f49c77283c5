import type { MemberContext } from '../http/context.ts'
import type { BillingServices } from './sync-subscription.ts'

/** The organization's customer at Stripe, made at the first need, in the name of who pays first. */
export async function ensureCustomer(
  { db, stripe }: BillingServices,
  { mode, organizationId, organization, userId }: MemberContext,
): Promise<string> {
  const known = await db.tenantTransaction(mode, organizationId, async (trx) => {
    const table = trx('subscriptions')
    await table.insert({ tenant_id: organizationId }).onConflict('tenant_id').ignore()
    return trx('subscriptions').where('tenant_id', organizationId).first('customer_id')
  })
  if (known?.customer_id) return known.customer_id
  const user = await db.hubQuery(mode)('users').where({ id: userId }).first('email')
  const customerId = await stripe.createCustomer(mode, {
    organizationId,
    name: organization.name,
    email: String(user?.email),
  })
  return db.tenantTransaction(mode, organizationId, async (trx) => {
    const row = () => trx('subscriptions').where('tenant_id', organizationId)
    // Another request may have made one meanwhile: then that one is the organization's.
    await row().whereNull('customer_id').update({ customer_id: customerId })
    return String((await row().first('customer_id'))?.customer_id)
  })
}
