import { createHash } from 'node:crypto'
import type Stripe from 'stripe'
import { type Mode, modes } from '../db/mode.ts'
import type { Env } from '../env.ts'
import { Problem } from '../errors.ts'
import type { Settings } from '../settings.ts'

/** A subscription as Stripe tells it, without what nobody here asks for. */
export interface StripeSubscription {
  id: string
  status: string
  /** The price of its one item. */
  priceId: string | null
  itemId: string | null
  createdAt: Date
  currentPeriodEnd: Date | null
  trialEndsAt: Date | null
  cancelAtPeriodEnd: boolean
  /** The newest invoice, when it is charged by itself and is still to be paid. */
  unpaid: { reason: string | null; since: Date } | null
}

export interface StripeInvoice {
  id: string
  number: string | null
  status: string | null
  currency: string
  /** In the currency's smallest unit. */
  amountDue: number
  amountPaid: number
  createdAt: Date
  hostedUrl: string | null
  pdfUrl: string | null
}

/** An event whose signature was right. It says that something happened; what is true is asked of Stripe. */
export interface StripeEvent {
  mode: Mode
  id: string
  type: string
  customerId: string | null
  objectId: string | null
}

/** The only door to Stripe, on the account of whoever runs the instance. */
export interface StripeDoor {
  createCustomer(mode: Mode, customer: NewCustomer): Promise<string>
  createCheckout(mode: Mode, checkout: NewCheckout): Promise<{ id: string; url: string }>
  /** Makes an open payment page useless; one that was used or has expired is left as it is. */
  expireCheckout(mode: Mode, id: string): Promise<void>
  createPortal(mode: Mode, portal: NewPortal): Promise<string>
  /** The settings of the portal: what may be changed there, and to which prices. Made once. */
  ensurePortalConfiguration(mode: Mode, priceIds: string[]): Promise<string>
  /** All of them, ended ones too, the newest first. */
  listSubscriptions(mode: Mode, customerId: string): Promise<StripeSubscription[]>
  setCancelAtPeriodEnd(mode: Mode, subscriptionId: string, isOn: boolean): Promise<void>
  cancelNow(mode: Mode, subscriptionId: string): Promise<void>
  listInvoices(
    mode: Mode,
    customerId: string,
    page: { limit: number; after: string | null },
  ): Promise<{ invoices: StripeInvoice[]; hasMore: boolean }>
  /** The event, when one of the project's secrets signed exactly these bytes within five minutes. */
  readEvent(body: Buffer, signature: string | null): Promise<StripeEvent>
}

interface NewCustomer {
  organizationId: string
  name: string
  email: string
}

interface NewCheckout {
  organizationId: string
  customerId: string
  priceId: string
  trialDays: number | null
  successUrl: string
  cancelUrl: string
}

interface NewPortal {
  customerId: string
  configurationId: string
  returnUrl: string
  /** Goes straight to the page that confirms this change. */
  change?: { subscriptionId: string; itemId: string; priceId: string }
}

/** Names of the project's secrets. Stripe's test mode has keys of its own, and so has ours. */
const SECRETS: Record<Mode, { key: string; webhook: string }> = {
  live: { key: 'STRIPE_SECRET_KEY', webhook: 'STRIPE_WEBHOOK_SECRET' },
  test: { key: 'STRIPE_TEST_SECRET_KEY', webhook: 'STRIPE_TEST_WEBHOOK_SECRET' },
}

const TIMEOUT_MILLISECONDS = 10_000
const RETRIES_MAX = 2
const SUBSCRIPTIONS_MAX = 100

/** Null unless the settings say `billing: { provider: 'stripe' }`: the package is not even loaded then. */
export async function openStripe(
  env: Pick<Env, 'secret' | 'stripeApiUrl'>,
  { billing }: Pick<Settings, 'billing'>,
): Promise<StripeDoor | null> {
  if (billing?.provider !== 'stripe') return null
  const { default: StripeClient } = await import('stripe')
  const clients = new Map<string, Stripe>()
  const make = (key: string) =>
    new StripeClient(key, {
      timeout: TIMEOUT_MILLISECONDS,
      maxNetworkRetries: RETRIES_MAX,
      telemetry: false,
      ...at(env.stripeApiUrl),
    })
  /** The key is read each time, so that a new one counts without a restart. */
  const clientOf = (mode: Mode): Stripe => {
    const key = requireKey(env, mode)
    const client = clients.get(key) ?? make(key)
    clients.set(key, client)
    return client
  }
  const ask = <T>(mode: Mode, call: (client: Stripe) => Promise<T>): Promise<T> =>
    explain(StripeClient, () => call(clientOf(mode)))

  return {
    createCustomer: (mode, { organizationId, name, email }) =>
      ask(mode, async (stripe) => {
        const customer = { name, email, metadata: { authstack_organization: organizationId } }
        // Two at the same moment, or one whose answer was lost, get the same customer.
        const idempotencyKey = `authstack-customer-${digest(customer)}`
        return (await stripe.customers.create(customer, { idempotencyKey })).id
      }),
    createCheckout: (mode, checkout) =>
      ask(mode, async (stripe) => {
        const metadata = { authstack_organization: checkout.organizationId }
        const session = await stripe.checkout.sessions.create({
          mode: 'subscription',
          customer: checkout.customerId,
          client_reference_id: checkout.organizationId,
          line_items: [{ price: checkout.priceId, quantity: 1 }],
          success_url: checkout.successUrl,
          cancel_url: checkout.cancelUrl,
          metadata,
          subscription_data: {
            metadata,
            ...(checkout.trialDays ? { trial_period_days: checkout.trialDays } : {}),
          },
        })
        if (!session.url) throw new Error('Stripe made a checkout without an address')
        return { id: session.id, url: session.url }
      }),
    expireCheckout: (mode, id) =>
      ask(mode, async (stripe) => {
        const session = await stripe.checkout.sessions.retrieve(id)
        if (session.status === 'open') await stripe.checkout.sessions.expire(id)
      }),
    createPortal: (mode, { customerId, configurationId, returnUrl, change }) =>
      ask(mode, async (stripe) => {
        const session = await stripe.billingPortal.sessions.create({
          customer: customerId,
          configuration: configurationId,
          return_url: returnUrl,
          ...(change
            ? {
                flow_data: {
                  type: 'subscription_update_confirm',
                  subscription_update_confirm: {
                    subscription: change.subscriptionId,
                    items: [{ id: change.itemId, price: change.priceId, quantity: 1 }],
                  },
                  after_completion: { type: 'redirect', redirect: { return_url: returnUrl } },
                },
              }
            : {}),
        })
        return session.url
      }),
    ensurePortalConfiguration: (mode, priceIds) =>
      ask(mode, async (stripe) => {
        const authstack = digest(priceIds)
        const { configurations } = stripe.billingPortal
        const { data: made } = await configurations.list({ active: true, limit: 100 })
        const found = made.find(({ metadata }) => metadata?.authstack === authstack)
        if (found) return found.id
        const prices = await Promise.all(priceIds.map((id) => stripe.prices.retrieve(id)))
        const products = new Map<string, string[]>()
        for (const { id, product } of prices) {
          const name = typeof product === 'string' ? product : product.id
          products.set(name, [...(products.get(name) ?? []), id])
        }
        const configuration = await configurations.create({
          metadata: { authstack },
          features: {
            invoice_history: { enabled: true },
            payment_method_update: { enabled: true },
            customer_update: { enabled: true, allowed_updates: ['address', 'email', 'tax_id'] },
            subscription_cancel: { enabled: true, mode: 'at_period_end' },
            subscription_update: {
              enabled: true,
              default_allowed_updates: ['price'],
              // The difference is charged at once: a dearer plan is not used on credit.
              proration_behavior: 'always_invoice',
              products: [...products].map(([product, ids]) => ({ product, prices: ids })),
            },
          },
        })
        return configuration.id
      }),
    listSubscriptions: (mode, customerId) =>
      ask(mode, async (stripe) => {
        const { data } = await stripe.subscriptions.list({
          customer: customerId,
          status: 'all',
          limit: SUBSCRIPTIONS_MAX,
          expand: ['data.latest_invoice'],
        })
        return data.map(toSubscription)
      }),
    setCancelAtPeriodEnd: (mode, id, isOn) =>
      ask(mode, async (stripe) => {
        await stripe.subscriptions.update(id, { cancel_at_period_end: isOn })
      }),
    cancelNow: (mode, id) =>
      ask(mode, async (stripe) => {
        await stripe.subscriptions.cancel(id)
      }),
    listInvoices: (mode, customerId, { limit, after }) =>
      ask(mode, async (stripe) => {
        const { data, has_more } = await stripe.invoices.list({
          customer: customerId,
          limit,
          ...(after ? { starting_after: after } : {}),
        })
        return { invoices: data.map(toInvoice), hasMore: has_more }
      }),
    async readEvent(body, signature) {
      for (const mode of modes) {
        const secret = env.secret(SECRETS[mode].webhook)
        if (!secret || !signature) continue
        try {
          const { webhooks } = StripeClient
          const event = await webhooks.constructEventAsync(body, signature, secret)
          // The test mode of Stripe is open to whoever develops: it must not pay for live data.
          if (event.livemode !== (mode === 'live')) break
          return toEvent(mode, event)
        } catch (error) {
          if (!(error instanceof StripeClient.errors.StripeSignatureVerificationError)) throw error
        }
      }
      throw new Problem('invalid_request', {
        detail: 'The Stripe-Signature does not fit this body and the webhook secret.',
        errors: [
          { pointer: '/header/Stripe-Signature', message: 'Does not fit', code: 'bad_signature' },
        ],
      })
    },
  }
}

function at(url: string | null) {
  if (!url) return {}
  const { hostname, port, protocol } = new URL(url)
  return { host: hostname, port, protocol: protocol.slice(0, -1) as 'http' | 'https' }
}

function requireKey(env: Pick<Env, 'secret'>, mode: Mode): string {
  const name = SECRETS[mode].key
  const key = env.secret(name)
  const why = key
    ? `The secret ${name} is not a key of Stripe's ${mode} mode`
    : `The secret ${name} is not set`
  if (key && new RegExp(`^[sr]k_${mode}_`).test(key)) return key
  throw paymentsDown(new Error(`${why}: authstack secrets set ${name}`))
}

/** Stripe away, or refusing us, is our operator's matter: the caller may only try again. */
async function explain<T>(StripeClient: typeof Stripe, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    const { StripeError, StripeInvalidRequestError } = StripeClient.errors
    if (error instanceof StripeInvalidRequestError && error.param === 'starting_after') {
      throw new Problem('invalid_request', {
        detail: 'The cursor is not valid.',
        errors: [{ pointer: '/query/after', message: 'Not a cursor of this list', code: 'cursor' }],
      })
    }
    if (error instanceof StripeError) throw paymentsDown(error)
    throw error
  }
}

function paymentsDown(cause: Error): Problem {
  return new Problem('unavailable', {
    detail: 'Payments cannot be reached at the moment.',
    retryAfterSeconds: 30,
    cause,
  })
}

function toSubscription(one: Stripe.Subscription): StripeSubscription {
  const item = one.items.data[0]
  const invoice = typeof one.latest_invoice === 'string' ? null : one.latest_invoice
  const isUnpaid =
    invoice?.status === 'open' &&
    invoice.amount_remaining > 0 &&
    one.collection_method === 'charge_automatically'
  return {
    id: one.id,
    status: one.status,
    priceId: item?.price.id ?? null,
    itemId: item?.id ?? null,
    createdAt: date(one.created),
    currentPeriodEnd: item ? date(item.current_period_end) : null,
    trialEndsAt: one.trial_end === null ? null : date(one.trial_end),
    cancelAtPeriodEnd: one.cancel_at_period_end || one.cancel_at !== null,
    unpaid: isUnpaid ? { reason: invoice.billing_reason, since: date(invoice.created) } : null,
  }
}

function toInvoice(one: Stripe.Invoice): StripeInvoice {
  return {
    id: String(one.id),
    number: one.number,
    status: one.status,
    currency: one.currency,
    amountDue: one.amount_due,
    amountPaid: one.amount_paid,
    createdAt: date(one.created),
    hostedUrl: one.hosted_invoice_url ?? null,
    pdfUrl: one.invoice_pdf ?? null,
  }
}

/** Every object that we hear of names its customer; a customer is one itself. */
function toEvent(mode: Mode, { id, type, data }: Stripe.Event): StripeEvent {
  const object = data.object as unknown as Record<string, unknown>
  const customer = object.object === 'customer' ? object.id : object.customer
  const customerId =
    typeof customer === 'object' ? (customer as { id?: unknown } | null)?.id : customer
  return { mode, id, type, customerId: text(customerId), objectId: text(object.id) }
}

const digest = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32)
const text = (value: unknown) => (typeof value === 'string' ? value : null)
const date = (seconds: number) => new Date(seconds * 1000)
