import { createHmac, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type Checkout,
  openStripeAccount,
  type StripeAccount,
  type Subscription,
} from './stripe-account.ts'

export interface StandInEvent {
  id: string
  type: string
  /** The body as it was signed. */
  body: string
}

export interface StripeStandIn {
  url: string
  account: StripeAccount
  /** Every call as `METHOD /path`, in order. */
  calls: string[]
  /** Calls that this stand-in does not know; a test that leaves one here has failed. */
  faults: string[]
  /** What has happened and was not taken yet; the test sends it as it likes: late, twice, backwards. */
  takeEvents(): StandInEvent[]
  signature(body: string, options?: { secret?: string; ageSeconds?: number }): string
  /** POSTs an event to a webhook and gives the status. */
  send(webhookUrl: string, event: StandInEvent): Promise<number>
  /** Answers everything with 503 while it is set. */
  setDown(isDown: boolean): void
  close(): Promise<void>
}

export const STAND_IN_KEY = 'sk_live_standin'
export const STAND_IN_WEBHOOK_SECRET = 'whsec_standin'

type Params = Record<string, string>
type Handler = (params: Params, match: RegExpExecArray) => unknown

/**
 * A strict Stripe of our own, with a memory, that sends signed events: stripe-mock checks the shape of
 * calls and forgets them. A call, a parameter or a key that it does not know is an error and a fault.
 */
export async function openStripeStandIn(prices: Record<string, number>): Promise<StripeStandIn> {
  const events: StandInEvent[] = []
  const faults: string[] = []
  const calls: string[] = []
  const idempotent = new Map<string, unknown>()
  let isDown = false
  const account = openStripeAccount((type, object) => {
    const id = `evt_${randomBytes(8).toString('hex')}`
    const body = JSON.stringify({
      id,
      object: 'event',
      type,
      livemode: true,
      created: account.now(),
      api_version: '2020-08-27',
      data: { object },
    })
    events.push({ id, type, body })
  }, prices)
  const routes = standInRoutes(account)

  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'Content-Type': 'application/json', 'Request-Id': 'req_1' })
      response.end(JSON.stringify(body))
    }
    const refuse = (status: number, message: string, more: object = {}) =>
      answer(status, { error: { type: 'invalid_request_error', message, ...more } })
    const text = await read(request)
    const { pathname, searchParams } = new URL(String(request.url), 'http://stand-in')
    const call = `${request.method} ${pathname}`
    if (isDown) return answer(503, { error: { type: 'api_error', message: 'down' } })
    calls.push(call)
    if (request.headers.authorization !== `Bearer ${STAND_IN_KEY}`) {
      return refuse(401, 'Invalid API Key')
    }
    const repeated = request.headers['idempotency-key'] as string | undefined
    const earlier = repeated && request.method === 'POST' && idempotent.get(repeated)
    if (earlier) return answer(200, earlier)
    const params = Object.fromEntries(
      request.method === 'GET' ? searchParams : new URLSearchParams(text),
    )
    for (const [pattern, allowed, handle] of routes) {
      const match = pattern.exec(call)
      if (!match) continue
      const unknown = Object.keys(params).filter((name) => !allowed.test(name))
      if (unknown.length > 0) {
        faults.push(`${call} with ${unknown.join(', ')}`)
        return refuse(400, `Received unknown parameters: ${unknown.join(', ')}`)
      }
      try {
        const body = handle(params, match)
        if (repeated) idempotent.set(repeated, body)
        return answer(200, body)
      } catch (error) {
        const { message, param } = error as Error & { param?: string }
        if (!param) faults.push(`${call}: ${message}`)
        return refuse(400, message, param ? { param } : {})
      }
    }
    faults.push(`${call} is not known`)
    refuse(404, `Unrecognized request URL (${call})`)
  })
  const url = await listen(server)

  const signature: StripeStandIn['signature'] = (body, options = {}) => {
    const { secret = STAND_IN_WEBHOOK_SECRET, ageSeconds = 0 } = options
    const at = Math.floor(Date.now() / 1000) - ageSeconds
    const digest = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')
    return `t=${at},v1=${digest}`
  }
  return {
    url,
    account,
    calls,
    faults,
    takeEvents: () => events.splice(0),
    signature,
    async send(webhookUrl, { body }) {
      const response = await fetch(webhookUrl, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          'Stripe-Signature': signature(body),
        },
        body,
      })
      await response.arrayBuffer()
      return response.status
    },
    setDown(value) {
      isDown = value
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function standInRoutes(account: StripeAccount): [RegExp, RegExp, Handler][] {
  const need = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) throw Object.assign(new Error(`No such ${what}`), { param: what })
    return value
  }
  const subscription = (one: Subscription, isExpanded: boolean) => ({
    id: one.id,
    object: 'subscription',
    customer: one.customer,
    status: one.status,
    created: one.created,
    trial_end: one.trialEnd,
    cancel_at: null,
    cancel_at_period_end: one.cancelAtPeriodEnd,
    collection_method: 'charge_automatically',
    latest_invoice: isExpanded ? invoice(String(one.invoices[0])) : (one.invoices[0] ?? null),
    items: {
      object: 'list',
      data: [
        {
          id: one.itemId,
          price: { id: one.price, object: 'price' },
          current_period_start: one.periodStart,
          current_period_end: one.periodEnd,
        },
      ],
    },
  })
  const invoice = (id: string) => {
    const one = need(account.invoices.get(id), 'invoice')
    const paid = one.status === 'paid' ? one.amount : 0
    return {
      id: one.id,
      object: 'invoice',
      customer: one.customer,
      number: one.id.slice(-8).toUpperCase(),
      status: one.status,
      billing_reason: one.reason,
      currency: 'usd',
      amount_due: one.amount,
      amount_paid: paid,
      amount_remaining: one.amount - paid,
      created: one.created,
      hosted_invoice_url: `https://invoice.stripe.example/${one.id}`,
      invoice_pdf: `https://invoice.stripe.example/${one.id}.pdf`,
    }
  }
  const session = (one: Checkout) => ({
    id: one.id,
    object: 'checkout.session',
    status: one.status,
    url: one.status === 'open' ? `https://checkout.stripe.example/${one.id}` : null,
  })
  const list = (data: unknown[], has_more = false) => ({ object: 'list', data, has_more })
  const configurations: Record<string, unknown>[] = []

  return [
    [
      /^POST \/v1\/customers$/,
      /^(name|email|metadata\[authstack_organization\])$/,
      (params) => {
        const customer = { id: account.id('cus'), object: 'customer', ...params }
        account.customers.set(customer.id, customer)
        return customer
      },
    ],
    [
      /^POST \/v1\/checkout\/sessions$/,
      /^(mode|customer|client_reference_id|success_url|cancel_url|line_items\[0\]\[(price|quantity)\]|(subscription_data\[)?metadata\]?\[authstack_organization\]|subscription_data\[trial_period_days\])$/,
      (params) => {
        need(account.customers.get(String(params.customer)), 'customer')
        const price = String(params['line_items[0][price]'])
        need(account.prices[price], 'price')
        const trial = params['subscription_data[trial_period_days]']
        const checkout: Checkout = {
          id: account.id('cs_live'),
          customer: String(params.customer),
          price,
          trialDays: trial ? Number(trial) : null,
          status: 'open',
          successUrl: String(params.success_url),
          cancelUrl: String(params.cancel_url),
          organization: String(params.client_reference_id),
        }
        account.checkouts.set(checkout.id, checkout)
        return session(checkout)
      },
    ],
    [
      /^GET \/v1\/checkout\/sessions\/(\w+)$/,
      /^$/,
      (_params, [, id]) => session(need(account.checkouts.get(String(id)), 'checkout')),
    ],
    [
      /^POST \/v1\/checkout\/sessions\/(\w+)\/expire$/,
      /^$/,
      (_params, [, id]) => {
        const checkout = need(account.checkouts.get(String(id)), 'checkout')
        if (checkout.status !== 'open') throw new Error('Only open sessions can be expired')
        account.expireCheckout(checkout)
        return session(checkout)
      },
    ],
    [
      /^GET \/v1\/subscriptions$/,
      /^(customer|status|limit|expand\[0\])$/,
      (params) => {
        need(account.customers.get(String(params.customer)), 'customer')
        const all = account.of(String(params.customer)).sort((a, b) => b.created - a.created)
        return list(
          all.map((one) => subscription(one, params['expand[0]'] === 'data.latest_invoice')),
        )
      },
    ],
    [
      /^POST \/v1\/subscriptions\/(\w+)$/,
      /^cancel_at_period_end$/,
      (params, [, id]) => {
        const one = need(account.subscriptions.get(String(id)), 'subscription')
        if (one.status === 'canceled') throw new Error('A canceled subscription cannot be changed')
        account.setCancel(one, params.cancel_at_period_end === 'true')
        return subscription(one, false)
      },
    ],
    [
      /^DELETE \/v1\/subscriptions\/(\w+)$/,
      /^$/,
      (_params, [, id]) => {
        const one = need(account.subscriptions.get(String(id)), 'subscription')
        if (one.status === 'canceled') throw new Error('No such subscription that runs')
        account.end(one)
        return subscription(one, false)
      },
    ],
    [
      /^GET \/v1\/invoices$/,
      /^(customer|limit|starting_after)$/,
      (params) => {
        const all = [...account.invoices.values()]
          .filter((one) => one.customer === params.customer)
          .reverse()
        const after = params.starting_after
        const start = after ? all.findIndex((one) => one.id === after) + 1 : 0
        if (after && start === 0) need(undefined, 'starting_after')
        const end = start + Number(params.limit)
        return list(
          all.slice(start, end).map((one) => invoice(one.id)),
          end < all.length,
        )
      },
    ],
    [
      /^GET \/v1\/prices\/(\w+)$/,
      /^$/,
      (_params, [, id]) => {
        need(account.prices[String(id)], 'price')
        return { id, object: 'price', product: `prod_of_${id}` }
      },
    ],
    [/^GET \/v1\/billing_portal\/configurations$/, /^(active|limit)$/, () => list(configurations)],
    [
      /^POST \/v1\/billing_portal\/configurations$/,
      /^(features\[(invoice_history|payment_method_update|customer_update|subscription_cancel|subscription_update)\]\[\w+\](\[\d\](\[\w+\](\[\d\])?)?)?|metadata\[authstack\])$/,
      (params) => {
        const made = {
          id: account.id('bpc'),
          object: 'billing_portal.configuration',
          metadata: { authstack: params['metadata[authstack]'] },
        }
        configurations.push(made)
        return made
      },
    ],
    [
      /^POST \/v1\/billing_portal\/sessions$/,
      /^(customer|configuration|return_url|flow_data\[type\]|flow_data\[subscription_update_confirm\]\[(subscription\]|items\]\[0\]\[(id|price|quantity)\])|flow_data\[after_completion\]\[(type\]|redirect\]\[return_url\]))$/,
      (params) => {
        need(account.customers.get(String(params.customer)), 'customer')
        if (!configurations.some((one) => one.id === params.configuration)) {
          throw new Error('No such configuration')
        }
        const change = 'flow_data[subscription_update_confirm]'
        const url = new URL(`https://billing.stripe.example/${account.id('bps')}`)
        const wanted = params[`${change}[subscription]`]
        if (wanted) {
          const one = need(account.subscriptions.get(wanted), 'subscription')
          if (one.itemId !== params[`${change}[items][0][id]`]) throw new Error('No such item')
          url.searchParams.set('subscription', one.id)
          url.searchParams.set('price', String(params[`${change}[items][0][price]`]))
        }
        return { id: account.id('bps'), object: 'billing_portal.session', url: url.href }
      },
    ],
  ]
}

async function read(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    })
  })
}
