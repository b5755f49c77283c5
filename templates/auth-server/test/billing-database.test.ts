import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, mock, test } from 'node:test'
import { retentionDays } from '../src/audit/retention-days.ts'
import { cancelSubscription } from '../src/subscriptions/cancel-subscription.ts'
import { endSubscription } from '../src/subscriptions/end-subscription.ts'
import type { Plan } from '../src/subscriptions/entitlements.ts'
import { keepDue } from '../src/subscriptions/keep-subscriptions.ts'
import { listInvoices } from '../src/subscriptions/list-invoices.ts'
import { resumeSubscription } from '../src/subscriptions/resume-subscription.ts'
import { syncSubscription } from '../src/subscriptions/sync-subscription.ts'
import {
  type BillingWorld,
  billingPlans,
  openBillingWorld,
  type Payer,
} from './support/billing-world.ts'
import { superuserUrl } from './support/instance.ts'
import { codeOf, invite, join } from './support/tenant-steps.ts'
import { mode } from './support/tenant-world.ts'

const superuser = superuserUrl()
const DAY = 24 * 60 * 60_000

describe('paying, on a real PostgreSQL and a Stripe with a memory', {
  skip: !superuser && 'no PostgreSQL: set AUTHSTACK_PG_SUPERUSER_URL',
}, () => {
  let world: BillingWorld
  before(async () => {
    world = await openBillingWorld(superuser as string)
  })
  after(async () => {
    mock.timers.reset()
    const faults = world?.standIn.faults ?? []
    await world?.close()
    assert.deepEqual(faults, [], 'calls that Stripe does not know')
  })
  beforeEach(() => {
    mock.timers.reset()
    world.standIn.account.setNow(new Date())
    world.standIn.takeEvents()
  })

  /** Days pass here and at Stripe. PostgreSQL keeps its own time, and only finds what is due by it. */
  function pass(days: number): void {
    const now = Date.now() + days * DAY
    world.standIn.account.advance(days)
    mock.timers.reset()
    mock.timers.enable({ apis: ['Date'], now })
  }
  const mailsOf = async (payer: Payer, template: string) => {
    const rows = await world.db
      .hubQuery(mode)('outbox')
      .whereRaw(`payload ->> 'to' = ? and payload ->> 'template' = ?`, [
        payer.owner.email,
        template,
      ])
      .select('payload')
    return rows.map((row) => row.payload.data)
  }
  const trailOf = async ({ organizationId }: Payer) => {
    const rows = await world.db.tenantTransaction(mode, organizationId, (trx) =>
      trx('audit_events').where('tenant_id', organizationId).orderBy('created_at').select('action'),
    )
    return rows.map((row) => row.action).filter((action) => action.startsWith('subscription.'))
  }
  const lookAgain = async ({ organizationId }: Payer) => {
    await world.db.tenantTransaction(mode, organizationId, (trx) =>
      trx('subscriptions')
        .where('tenant_id', organizationId)
        .whereNotNull('check_at')
        .update({ check_at: trx.raw(`now() - interval '1 second'`) }),
    )
    await keepDue(world.billing, mode)
  }

  test('a plan is in force when it is paid, and not a moment before', async () => {
    const payer = await world.newPayer()
    const url = await payer.checkout('pro')
    const asked = await payer.show()
    assert.deepEqual([asked.plan.id, asked.status, asked.pendingPlan], ['free', 'none', 'pro'])
    const { account } = world.standIn
    account.setCard(await payer.customer(), 'declined')
    assert.equal(account.payCheckout(String(url.split('/').at(-1))), null)
    await world.receiveAll()
    assert.equal(await payer.plan(), 'free')
    account.setCard(await payer.customer(), 'good')
    account.payCheckout(String(url.split('/').at(-1)))
    assert.equal(await payer.plan(), 'free', 'paid at Stripe, and nobody told us yet')
    await world.receiveAll()
    const paid = await payer.show()
    assert.deepEqual(
      [paid.plan.id, paid.status, paid.isPaid, paid.pendingPlan, paid.features],
      ['pro', 'active', true, null, ['sso']],
    )
    assert.deepEqual(await trailOf(payer), [
      'subscription.checkout_started',
      'subscription.started',
    ])
  })

  test('a bank debit that is still under way pays for nothing yet', async () => {
    const payer = await world.newPayer()
    const url = await payer.checkout('pro')
    const { account } = world.standIn
    account.setCard(await payer.customer(), 'debit')
    const subscription = account.payCheckout(String(url.split('/').at(-1)))
    await world.receiveAll()
    assert.equal(subscription?.status, 'active', 'Stripe says so')
    assert.deepEqual([await payer.plan(), (await payer.show()).status], ['free', 'incomplete'])
    account.setCard(await payer.customer(), 'good')
    if (subscription) account.retry(subscription)
    await world.receiveAll()
    assert.equal(await payer.plan(), 'pro')
  })

  test('only a signature of the secret, over these bytes, of the last minutes, is an event', async () => {
    const payer = await world.newPayer()
    await payer.pay('pro')
    const event = world.standIn.takeEvents()[0]
    assert.ok(event)
    const { signature } = world.standIn
    const refused = (what: Promise<unknown>) => codeOf(what)
    for (const wrong of [
      '',
      't=1,v1=00',
      signature(event.body, { secret: 'whsec_other' }),
      signature(event.body, { ageSeconds: 600 }),
      signature(`${event.body} `),
    ]) {
      assert.equal(await refused(world.receive(event, wrong)), 'invalid_request', wrong)
    }
    const test = { ...event, body: event.body.replace('"livemode":true', '"livemode":false') }
    assert.equal(await refused(world.receive(test)), 'invalid_request', "Stripe's test mode")
    assert.equal(await payer.plan(), 'free')
    assert.equal(await refused(world.receive(event)), 'ok')
    assert.equal(await payer.plan(), 'pro')
  })

  test('an event that comes twice, late or backwards changes nothing; an unknown one is acknowledged', async () => {
    const payer = await world.newPayer()
    const subscription = await payer.pay('pro')
    const paid = world.standIn.takeEvents()
    world.standIn.account.end(subscription)
    const ended = world.standIn.takeEvents()
    // The end arrives first, and then the news of the payment, from before.
    for (const event of [...ended, ...paid.reverse(), ...ended, ...paid]) {
      assert.equal(await world.receive(event), 'ok')
    }
    assert.deepEqual([await payer.plan(), (await payer.show()).status], ['free', 'canceled'])
    assert.equal((await trailOf(payer)).includes('subscription.started'), false)
    world.standIn.account.emit('radar.early_fraud_warning.created', { customer: 'cus_x' })
    world.standIn.account.emit('customer.subscription.updated', { customer: 'cus_of_another_shop' })
    await world.receiveAll()
  })

  test('an event whose work failed is not acknowledged, and is done when it comes again', async () => {
    const payer = await world.newPayer()
    await payer.pay('pro')
    const event = world.standIn.takeEvents()[0]
    assert.ok(event)
    world.standIn.setDown(true)
    assert.equal(await codeOf(world.receive(event)), 'unavailable')
    world.standIn.setDown(false)
    assert.equal(await payer.plan(), 'free')
    await world.receive(event)
    assert.equal(await payer.plan(), 'pro')
    const asked = world.standIn.calls.length
    await world.receive(event)
    assert.equal(world.standIn.calls.length, asked, 'Stripe is not asked for what is done')
  })

  test('an answer of Stripe that is older than what is known is not written', async () => {
    const payer = await world.newPayer()
    const subscription = await payer.pay('pro')
    const { stripe } = world.billing
    const { listSubscriptions } = stripe
    let isFirst = true
    // The first reader has its answer, and is overtaken by the end of the subscription.
    const slow = {
      ...stripe,
      listSubscriptions: async (...asked: Parameters<typeof listSubscriptions>) => {
        const answer = await listSubscriptions(...asked)
        if (isFirst) {
          isFirst = false
          world.standIn.account.end(subscription)
          await syncSubscription(world.billing, mode, payer.organizationId)
        }
        return answer
      },
    }
    await syncSubscription({ ...world.billing, stripe: slow }, mode, payer.organizationId)
    assert.deepEqual([await payer.plan(), (await payer.show()).status], ['free', 'canceled'])
  })

  test('a plan renews; with every event lost it goes on, because Stripe is asked', async () => {
    const payer = await world.newPayer()
    await payer.pay('pro')
    await world.receiveAll()
    const first = (await payer.show()).currentPeriodEnd
    pass(31)
    world.standIn.takeEvents()
    assert.equal(await payer.plan(), 'pro', 'a late event costs nobody a plan')
    await lookAgain(payer)
    const renewed = (await payer.show()).currentPeriodEnd
    assert.notEqual(renewed, first)
    assert.equal(await payer.plan(), 'pro')
  })

  test('with Stripe and its events away for good, the plan ends by the clock', async () => {
    const payer = await world.newPayer()
    await payer.pay('pro')
    await world.receiveAll()
    world.standIn.setDown(true)
    mock.timers.enable({ apis: ['Date'], now: Date.now() + 34 * DAY })
    assert.equal(await payer.plan(), 'free')
    world.standIn.setDown(false)
  })

  test('a failed payment leaves the plan for the grace, mails once, and paying makes it good', async () => {
    const payer = await world.newPayer()
    const subscription = await payer.pay('pro')
    await world.receiveAll()
    const { account } = world.standIn
    account.setCard(await payer.customer(), 'declined')
    pass(30)
    const events = world.standIn.takeEvents()
    for (const event of [...events, ...events]) await world.receive(event)
    const failed = await payer.show()
    assert.deepEqual([failed.plan.id, failed.status], ['pro', 'past_due'])
    const mails = await mailsOf(payer, 'payment-failed')
    assert.equal(mails.length, 1)
    assert.equal(mails[0].planName, 'Pro')
    account.setCard(await payer.customer(), 'good')
    account.retry(subscription)
    await world.receiveAll()
    assert.deepEqual([await payer.plan(), (await payer.show()).status], ['pro', 'active'])
    assert.deepEqual(await trailOf(payer), [
      'subscription.checkout_started',
      'subscription.started',
      'subscription.payment_failed',
      'subscription.payment_recovered',
    ])
  })

  test('after the grace the plan falls back, although Stripe still tries; another month brings no new grace', async () => {
    const payer = await world.newPayer()
    await payer.pay('pro')
    await world.receiveAll()
    world.standIn.account.setCard(await payer.customer(), 'declined')
    pass(30)
    await world.receiveAll()
    pass(6)
    assert.equal(await payer.plan(), 'pro')
    pass(2)
    assert.equal(await payer.plan(), 'free', 'by the clock, before anybody looked')
    await lookAgain(payer)
    assert.deepEqual([await payer.plan(), (await payer.show()).status], ['free', 'past_due'])
    assert.deepEqual(await mailsOf(payer, 'plan-ended'), [
      { organizationName: 'Payer', planName: 'Pro', newPlanName: 'Free' },
    ])
    pass(20)
    await world.receiveAll()
    assert.deepEqual([await payer.plan(), (await payer.show()).status], ['free', 'canceled'])
    assert.equal((await mailsOf(payer, 'plan-ended')).length, 1)
  })

  test('a trial is had once, is announced once before it ends, and becomes a payment', async () => {
    const payer = await world.newPayer()
    await payer.pay('max')
    await world.receiveAll()
    const trial = await payer.show()
    assert.deepEqual([trial.plan.id, trial.status], ['max', 'trialing'])
    assert.ok(trial.trialEndsAt)
    pass(12)
    const events = world.standIn.takeEvents()
    for (const event of [...events, ...events]) await world.receive(event)
    const told = { object: 'subscription', customer: await payer.customer() }
    world.standIn.account.emit('customer.subscription.trial_will_end', told)
    await world.receiveAll()
    assert.equal((await mailsOf(payer, 'trial-ending')).length, 1, 'also when Stripe says it anew')
    pass(3)
    await world.receiveAll()
    assert.deepEqual([await payer.plan(), (await payer.show()).status], ['max', 'active'])
    const [subscription] = world.standIn.account.of(await payer.customer())
    assert.ok(subscription)
    world.standIn.account.end(subscription)
    await world.receiveAll()
    const again = await payer.pay('max')
    assert.equal(again.status, 'active', 'no second trial')
  })

  test('a trial whose first payment fails is no plan after its grace', async () => {
    const payer = await world.newPayer()
    await payer.pay('max')
    await world.receiveAll()
    world.standIn.account.setCard(await payer.customer(), 'declined')
    pass(14)
    await world.receiveAll()
    assert.equal((await payer.show()).status, 'past_due')
    pass(8)
    assert.equal(await payer.plan(), 'free')
  })

  test('cancelling keeps what is paid until its end; it can be taken back until then', async () => {
    const payer = await world.newPayer()
    await payer.pay('pro')
    await world.receiveAll()
    const input = { params: { orgId: payer.organizationId }, query: undefined, body: undefined }
    const cancelled = await cancelSubscription.run(await payer.context(), input)
    assert.deepEqual([cancelled.cancelAtPeriodEnd, cancelled.plan.id], [true, 'pro'])
    const resumed = await resumeSubscription.run(await payer.context(), input)
    assert.equal(resumed.cancelAtPeriodEnd, false)
    await cancelSubscription.run(await payer.context(), input)
    await world.receiveAll()
    pass(29)
    assert.equal(await payer.plan(), 'pro')
    pass(2)
    assert.equal(await payer.plan(), 'free', 'by the clock')
    await world.receiveAll()
    assert.equal((await payer.show()).status, 'canceled')
    assert.equal(await codeOf(resumeSubscription.run(await payer.context(), input)), 'conflict')
  })

  test('a dearer plan counts when the difference is paid; the portal asks before', async () => {
    const payer = await world.newPayer()
    const subscription = await payer.pay('pro')
    await world.receiveAll()
    assert.equal(await codeOf(payer.checkout('pro')), 'conflict', 'it has this plan')
    const url = new URL(await payer.checkout('max'))
    assert.deepEqual(
      [url.host, url.searchParams.get('subscription'), url.searchParams.get('price')],
      ['billing.stripe.example', subscription.id, 'price_max'],
    )
    const { account } = world.standIn
    account.setCard(await payer.customer(), 'declined')
    account.changePrice(subscription, 'price_max')
    await world.receiveAll()
    assert.equal(await payer.plan(), 'pro', 'the difference is not paid')
    account.setCard(await payer.customer(), 'good')
    account.retry(subscription)
    await world.receiveAll()
    assert.equal(await payer.plan(), 'max')
  })

  test('a smaller plan deletes nothing and lets nothing more in', async () => {
    const payer = await world.newPayer()
    const subscription = await payer.pay('pro')
    await world.receiveAll()
    for (let n = 0; n < 6; n++) await join(world, payer.organizationId, 'member')
    world.standIn.account.end(subscription)
    await world.receiveAll()
    const shown = await payer.show()
    assert.deepEqual([shown.plan.id, shown.usage.members, shown.limits.members], ['free', 7, 3])
    const one = invite(world, payer.organizationId, payer.owner.id, 'one@more.example')
    assert.equal(await codeOf(one), 'limit_reached')
  })

  test('a plan that ends does not cost the trail that it kept, for a month', async () => {
    const settings = {
      ...world.services.settings,
      plans: (billingPlans as Plan[]).map((plan) => ({
        ...plan,
        auditRetentionDays: plan.id === 'free' ? 30 : 365,
      })),
    }
    const payer = await world.newPayer()
    const kept = () => retentionDays({ db: world.db, settings }, mode, payer.organizationId)
    assert.equal(await kept(), 30)
    const subscription = await payer.pay('pro')
    await world.receiveAll()
    assert.equal(await kept(), 365)
    world.standIn.account.end(subscription)
    await world.receiveAll()
    assert.deepEqual([await payer.plan(), await kept()], ['free', 365])
    pass(29)
    assert.equal(await kept(), 365)
    pass(2)
    assert.equal(await kept(), 30)
  })

  test('a price that is no longer sold still pays for its plan; one of no plan pays for none', async () => {
    const payer = await world.newPayer()
    const subscription = await payer.pay('pro')
    subscription.price = 'price_pro2020'
    await world.receiveAll()
    assert.equal(await payer.plan(), 'pro')
    subscription.price = 'price_of_another_product'
    await syncSubscription(world.billing, mode, payer.organizationId)
    assert.equal(await payer.plan(), 'free')
  })

  test('two payment pages at once: one of them is made useless, so that nobody pays twice', async () => {
    const payer = await world.newPayer()
    const first = await payer.checkout('pro')
    await payer.checkout('max')
    const open = [...world.standIn.account.checkouts.values()].filter(
      ({ status, organization }) => status === 'open' && organization === payer.organizationId,
    )
    assert.equal(open.length, 1)
    assert.throws(() => world.standIn.account.payCheckout(String(first.split('/').at(-1))))
    const codes = await Promise.all(
      ['pro', 'pro', 'max'].map((plan) => codeOf(payer.checkout(plan))),
    )
    assert.equal(codes.filter((code) => code === 'ok').length >= 1, true, codes.join())
    const left = [...world.standIn.account.checkouts.values()].filter(
      ({ status, organization }) => status === 'open' && organization === payer.organizationId,
    )
    assert.equal(left.length, 1)
  })

  test("an operator's plan stays, whatever is paid or ends; nothing is sold beside it", async () => {
    const payer = await world.newPayer()
    const subscription = await payer.pay('pro')
    await world.receiveAll()
    await world.db.tenantTransaction(mode, payer.organizationId, (trx) =>
      trx('organizations')
        .where('tenant_id', payer.organizationId)
        .update({ overrides: JSON.stringify({ plan: 'max' }) }),
    )
    assert.equal(await codeOf(payer.checkout('max')), 'conflict')
    world.standIn.account.end(subscription)
    await world.receiveAll()
    assert.equal(await payer.plan(), 'max')
    assert.equal((await payer.context()).organization.plan, 'max', 'and is what lists show')
  })

  test('invoices are the own ones, in pages', async () => {
    const [ann, bo] = [await world.newPayer(), await world.newPayer()]
    await ann.pay('pro')
    await bo.pay('pro')
    await world.receiveAll()
    pass(65)
    const list = async (payer: Payer, query: { limit: number; after?: string }) =>
      listInvoices.run(await payer.context(), {
        params: { orgId: payer.organizationId },
        query,
        body: undefined,
      })
    const all = await list(ann, { limit: 50 })
    assert.equal(all.data.length, 3)
    const page = await list(ann, { limit: 2 })
    const rest = await list(ann, { limit: 2, after: String(page.page.nextCursor) })
    assert.deepEqual([...page.data, ...rest.data], all.data)
    const foreign = list(bo, { limit: 2, after: String(page.page.nextCursor) })
    assert.equal(await codeOf(foreign), 'invalid_request', "another organization's cursor")
    const never = await world.newPayer()
    assert.deepEqual((await list(never, { limit: 50 })).data, [])
  })

  test('a deleted organization is not charged any more', async () => {
    const payer = await world.newPayer()
    const subscription = await payer.pay('pro')
    await world.receiveAll()
    for (let n = 0; n < 2; n++) await endSubscription(world.billing, mode, payer.organizationId)
    assert.equal(subscription.status, 'canceled')
    assert.equal(await payer.plan(), 'free')
    const waiting = await world.newPayer()
    const url = await waiting.checkout('pro')
    await endSubscription(world.billing, mode, waiting.organizationId)
    assert.throws(() => world.standIn.account.payCheckout(String(url.split('/').at(-1))))
  })

  test('whatever happens, in whatever order it is told: never a paid plan that is not paid', async () => {
    const payers = await Promise.all([world.newPayer(), world.newPayer(), world.newPayer()])
    const { account } = world.standIn
    const waiting: Awaited<ReturnType<typeof world.standIn.takeEvents>> = []
    const random = mulberry(Number(process.env.AUTHSTACK_SEED ?? 20261125))
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
    const steps = process.env.AUTHSTACK_FULL === '1' ? 600 : 120
    for (let step = 0; step < steps; step++) {
      const payer = pick(payers)
      const customer = await payer.customer()
      const [running] = customer ? account.of(customer).filter((s) => s.status !== 'canceled') : []
      const act = pick(['pay', 'card', 'cancel', 'end', 'retry', 'change', 'days', 'days', 'hear'])
      if (act === 'pay' && !running) {
        // What happened is heard by the checkout itself, and a declined card pays nothing.
        const url = await payer.checkout(pick(['pro', 'max']))
        account.payCheckout(String(url.split('/').at(-1)))
      }
      if (act === 'card' && customer) account.setCard(customer, pick(['good', 'good', 'declined']))
      if (act === 'cancel' && running) account.setCancel(running, !running.cancelAtPeriodEnd)
      if (act === 'end' && running && random() < 0.3) account.end(running)
      if (act === 'retry' && running) account.retry(running)
      if (act === 'change' && running)
        account.changePrice(running, pick(['price_pro', 'price_max']))
      if (act === 'days') pass(pick([1, 3, 8, 16]))
      waiting.push(...world.standIn.takeEvents())
      if (act === 'hear') {
        // Some are lost, some come twice, and all in any order.
        for (const event of waiting.splice(0).sort(() => random() - 0.5)) {
          if (random() < 0.2) continue
          await world.receive({ ...event })
          if (random() < 0.2) await world.receive(event)
        }
        for (const one of payers) await lookAgain(one)
      }
      for (const one of payers) await checkPaid(one, `step ${step}: ${act}`)
    }

    async function checkPaid(payer: Payer, when: string): Promise<void> {
      const shown = await payer.show()
      if (shown.plan.id === 'free') return
      const customer = await payer.customer()
      const now = account.now()
      const reasons = account.of(customer).map((one) => {
        const unpaid = one.invoices
          .map((id) => account.invoices.get(id))
          .filter((invoice) => invoice?.status === 'open')
          .map((invoice) => Number(invoice?.created))
        const dueSince = Math.min(...unpaid)
        // Paid to the end of a period, and three days for the news; or seven of grace for a bill.
        const isPaidFor = now <= one.periodEnd + 3 * 86_400 && one.status !== 'past_due'
        const isInGrace = unpaid.length > 0 && now <= dueSince + 7 * 86_400
        return isPaidFor || isInGrace
      })
      assert.ok(reasons.includes(true), `${when}: ${shown.plan.id} is in force and nothing is paid`)
    }
  })
})

/** The same numbers each time, so that a failure can be seen again. */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
