import { randomUUID } from 'node:crypto'
import type { MemberContext, PublicContext } from '../../src/http/context.ts'
import { receiveStripeEvent } from '../../src/subscriptions/receive-stripe-event.ts'
import { describeSubscription } from '../../src/subscriptions/show-subscription.ts'
import { startCheckout } from '../../src/subscriptions/start-checkout.ts'
import { openStripe } from '../../src/subscriptions/stripe.ts'
import type { BillingServices } from '../../src/subscriptions/sync-subscription.ts'
import type { Subscription } from './stripe-account.ts'
import {
  openStripeStandIn,
  STAND_IN_KEY,
  STAND_IN_WEBHOOK_SECRET,
  type StandInEvent,
  type StripeStandIn,
} from './stripe-stand-in.ts'
import { mode, openTenantWorld, type TenantWorld } from './tenant-world.ts'

export const RETURN_URL = 'https://app.example/billing'

export const billingPlans = [
  { id: 'free', name: 'Free', priceMonthly: 0, limits: { members: 3 }, features: [] },
  {
    id: 'pro',
    name: 'Pro',
    priceMonthly: 49,
    limits: { members: 50 },
    features: ['sso'],
    stripePriceId: 'price_pro',
    olderStripePriceIds: ['price_pro2020'],
  },
  {
    id: 'max',
    name: 'Max',
    priceMonthly: 199,
    trialDays: 14,
    limits: {},
    features: ['sso', 'audit'],
    stripePriceId: 'price_max',
  },
]

export const standInPrices = { price_pro: 4900, price_pro2020: 3900, price_max: 19900 }

/** An organization with its owner, who pays at the stand-in. */
export interface Payer {
  organizationId: string
  owner: { id: string; email: string }
  context(): Promise<MemberContext>
  show(): ReturnType<typeof describeSubscription>
  /** What the organization may do now, in short. */
  plan(): Promise<string>
  checkout(plan: string): Promise<string>
  /** Opens a payment page and pays there; the events wait. */
  pay(plan: string): Promise<Subscription>
  customer(): Promise<string>
}

export interface BillingWorld extends TenantWorld {
  standIn: StripeStandIn
  billing: BillingServices
  newPayer(): Promise<Payer>
  /** Receives an event as the webhook does: 200, or the code of the refusal. */
  receive(event: StandInEvent, signature?: string): Promise<string>
  /** All that happened at Stripe, in its order. */
  receiveAll(): Promise<void>
}

export async function openBillingWorld(superuserUrl: string): Promise<BillingWorld> {
  const standIn = await openStripeStandIn(standInPrices)
  const world = await openTenantWorld(superuserUrl, {
    plans: billingPlans,
    billing: { provider: 'stripe' },
    organizations: { max: 1000, perUserMax: 3, perHourMax: 1000 },
  })
  const secrets: Record<string, string> = {
    STRIPE_SECRET_KEY: STAND_IN_KEY,
    STRIPE_WEBHOOK_SECRET: STAND_IN_WEBHOOK_SECRET,
  }
  const env = { secret: (name: string) => secrets[name] ?? null, stripeApiUrl: standIn.url }
  Object.assign(world.services, {
    stripe: await openStripe(env, world.services.settings),
    env: { publicUrl: 'https://auth.example' },
  })
  const receive: BillingWorld['receive'] = async (event, signature) => {
    const header = () => signature ?? standIn.signature(event.body)
    const context = { services: world.services, header } as unknown as PublicContext
    const input = { params: undefined, query: undefined, body: Buffer.from(event.body) }
    await receiveStripeEvent.run(context, input)
    return 'ok'
  }
  return {
    ...world,
    standIn,
    billing: world.services as BillingServices,
    receive,
    async receiveAll() {
      for (const event of standIn.takeEvents()) await receive(event)
    },
    newPayer: () => newPayer(world, standIn),
    async close() {
      await Promise.all([world.close(), standIn.close()])
    },
  }
}

async function newPayer(world: TenantWorld, standIn: StripeStandIn): Promise<Payer> {
  const owner = await world.newUser()
  const slug = `payer-${randomUUID()}`
  const organizationId = await world.newOrganization(owner.id, { name: 'Payer', slug })
  const context = async () => {
    const member = await world.member(owner.id, organizationId)
    return { ...member, key: { origins: ['https://app.example'] } } as unknown as MemberContext
  }
  const payer: Payer = {
    organizationId,
    owner,
    context,
    show: async () => describeSubscription(await context()),
    plan: async () => (await payer.show()).plan.id,
    async checkout(plan) {
      const input = { params: { orgId: organizationId }, query: undefined }
      const body = { plan, returnUrl: RETURN_URL }
      return (await startCheckout.run(await context(), { ...input, body })).url
    },
    async pay(plan) {
      const url = await payer.checkout(plan)
      const subscription = standIn.account.payCheckout(String(url.split('/').at(-1)))
      if (!subscription) throw new Error('The card was declined')
      return subscription
    },
    async customer() {
      const row = await world.db.tenantTransaction(mode, organizationId, (trx) =>
        trx('subscriptions').where('tenant_id', organizationId).first('customer_id'),
      )
      return row?.customer_id
    },
  }
  return payer
}
