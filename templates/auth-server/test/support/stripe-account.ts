import { randomBytes } from 'node:crypto'

/** An account of Stripe in memory: what is bought, what is paid, and how time changes it. */
const DAY = 24 * 60 * 60

export interface Subscription {
  id: string
  itemId: string
  customer: string
  price: string
  status: 'trialing' | 'active' | 'past_due' | 'canceled'
  created: number
  periodStart: number
  periodEnd: number
  trialEnd: number | null
  isTrialReminded: boolean
  cancelAtPeriodEnd: boolean
  pastDueAt: number | null
  invoices: string[]
}

export interface Invoice {
  id: string
  customer: string
  status: 'open' | 'paid' | 'void'
  reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update'
  amount: number
  created: number
}

export interface Checkout {
  id: string
  customer: string
  price: string
  trialDays: number | null
  status: 'open' | 'complete' | 'expired'
  successUrl: string
  cancelUrl: string
  organization: string
}

export type Emit = (type: string, object: Record<string, unknown>) => void
/** `debit`: takes days to be collected, and Stripe says "active" meanwhile. */
export type Card = 'good' | 'declined' | 'debit'

export function openStripeAccount(emit: Emit, prices: Record<string, number>) {
  let now = Math.floor(Date.now() / 1000)
  const customers = new Map<string, Record<string, unknown>>()
  const cards = new Map<string, Card>()
  const checkouts = new Map<string, Checkout>()
  const subscriptions = new Map<string, Subscription>()
  const invoices = new Map<string, Invoice>()
  const id = (prefix: string) => `${prefix}_${randomBytes(8).toString('hex')}`

  const tellSubscription = (what: 'created' | 'updated' | 'deleted', one: Subscription) =>
    emit(`customer.subscription.${what}`, {
      id: one.id,
      object: 'subscription',
      customer: one.customer,
      // What the event says is old by the time that it is read; nobody may rely on it.
      status: one.status,
    })
  const tellInvoice = (what: 'paid' | 'payment_failed', one: Invoice) =>
    emit(`invoice.${what}`, { id: one.id, object: 'invoice', customer: one.customer })

  function bill(one: Subscription, reason: Invoice['reason'], amount: number): Invoice {
    const card = cards.get(one.customer) ?? 'good'
    const isPaid = amount === 0 || card === 'good'
    const invoice: Invoice = {
      id: id('in'),
      customer: one.customer,
      status: isPaid ? 'paid' : 'open',
      reason,
      amount,
      created: now,
    }
    invoices.set(invoice.id, invoice)
    one.invoices.unshift(invoice.id)
    if (isPaid) tellInvoice('paid', invoice)
    else if (card === 'declined') tellInvoice('payment_failed', invoice)
    return invoice
  }

  function renew(one: Subscription): void {
    one.periodStart = one.periodEnd
    one.periodEnd = one.periodStart + 30 * DAY
    const invoice = bill(one, 'subscription_cycle', prices[one.price] ?? 0)
    if (invoice.status === 'paid') {
      one.status = 'active'
      one.pastDueAt = null
    } else {
      one.status = 'past_due'
      one.pastDueAt ??= now
    }
    tellSubscription('updated', one)
  }

  function end(one: Subscription): void {
    one.status = 'canceled'
    for (const invoice of one.invoices) {
      const open = invoices.get(invoice)
      if (open?.status === 'open') open.status = 'void'
    }
    tellSubscription('deleted', one)
  }

  /** What time does to one subscription, until nothing more happens before `until`. */
  function live(one: Subscription, until: number): void {
    for (;;) {
      if (one.status === 'canceled') return
      const remindAt = one.trialEnd === null ? null : one.trialEnd - 3 * DAY
      const giveUpAt = one.pastDueAt === null ? null : one.pastDueAt + 21 * DAY
      if (remindAt !== null && !one.isTrialReminded && remindAt <= until) {
        now = Math.max(now, remindAt)
        one.isTrialReminded = true
        emit('customer.subscription.trial_will_end', {
          id: one.id,
          object: 'subscription',
          customer: one.customer,
        })
      } else if (giveUpAt !== null && giveUpAt <= until && giveUpAt <= one.periodEnd) {
        now = giveUpAt
        end(one)
      } else if (one.periodEnd <= until) {
        now = one.periodEnd
        if (one.cancelAtPeriodEnd) end(one)
        else renew(one)
      } else return
    }
  }

  return {
    customers,
    checkouts,
    subscriptions,
    invoices,
    prices,
    id,
    emit,
    now: () => now,
    /** The clock at Stripe; ours is told by the test. */
    setNow(date: Date): void {
      now = Math.floor(+date / 1000)
    },
    setCard: (customer: string, card: Card) => void cards.set(customer, card),
    of: (customer: string) => [...subscriptions.values()].filter((s) => s.customer === customer),
    /** Somebody fills in the payment page. A declined card leaves it open, as at Stripe. */
    payCheckout(checkoutId: string): Subscription | null {
      const checkout = checkouts.get(checkoutId)
      if (checkout?.status !== 'open') throw new Error(`Checkout ${checkoutId} is not open`)
      const price = prices[checkout.price] ?? 0
      const hasTrial = checkout.trialDays !== null
      if (!hasTrial && cards.get(checkout.customer) === 'declined') return null
      const trialEnd = hasTrial ? now + (checkout.trialDays ?? 0) * DAY : null
      const one: Subscription = {
        id: id('sub'),
        itemId: id('si'),
        customer: checkout.customer,
        price: checkout.price,
        status: hasTrial ? 'trialing' : 'active',
        created: now,
        periodStart: now,
        periodEnd: trialEnd ?? now + 30 * DAY,
        trialEnd,
        isTrialReminded: false,
        cancelAtPeriodEnd: false,
        pastDueAt: null,
        invoices: [],
      }
      subscriptions.set(one.id, one)
      checkout.status = 'complete'
      tellSubscription('created', one)
      bill(one, 'subscription_create', hasTrial ? 0 : price)
      const { id: sessionId, customer } = checkout
      emit('checkout.session.completed', { id: sessionId, object: 'checkout.session', customer })
      return one
    },
    expireCheckout(checkout: Checkout): void {
      checkout.status = 'expired'
      const { id: sessionId, customer } = checkout
      emit('checkout.session.expired', { id: sessionId, object: 'checkout.session', customer })
    },
    /** The change is made at once and the difference billed; Stripe says "active" even if it is not paid. */
    changePrice(one: Subscription, price: string): void {
      const difference = Math.max(0, (prices[price] ?? 0) - (prices[one.price] ?? 0))
      one.price = price
      bill(one, 'subscription_update', difference)
      tellSubscription('updated', one)
    },
    setCancel(one: Subscription, isOn: boolean): void {
      one.cancelAtPeriodEnd = isOn
      tellSubscription('updated', one)
    },
    end,
    /** Everything that is owed is tried again, by the card as it is now. */
    retry(one: Subscription): void {
      if ((cards.get(one.customer) ?? 'good') !== 'good') return
      for (const name of one.invoices) {
        const invoice = invoices.get(name)
        if (invoice?.status !== 'open') continue
        invoice.status = 'paid'
        tellInvoice('paid', invoice)
      }
      if (one.status === 'past_due') one.status = 'active'
      one.pastDueAt = null
      tellSubscription('updated', one)
    },
    advance(days: number): void {
      const until = now + days * DAY
      const start = now
      for (const one of subscriptions.values()) {
        now = start
        live(one, until)
      }
      now = until
    },
  }
}

export type StripeAccount = ReturnType<typeof openStripeAccount>
