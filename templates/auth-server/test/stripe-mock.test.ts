import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openStripe, type StripeDoor } from '../src/subscriptions/stripe.ts'
import { startStripeMock, stripeMockPath } from './support/stripe-mock.ts'

const program = await stripeMockPath()

/**
 * Stripe's own mock knows every path and parameter of Stripe's API, and remembers nothing. So this
 * says whether our calls have the right shape; what they come to is the matter of billing-database.
 */
describe('every call of ours, before the mock of Stripe itself', {
  skip: !program && 'no Go 1.22 or newer to build stripe-mock, and none in the cache',
}, () => {
  let mock: Awaited<ReturnType<typeof startStripeMock>>
  let stripe: StripeDoor
  let isKeyWrong = false
  before(async () => {
    mock = await startStripeMock(program as string)
    // The mock takes keys of Stripe's test mode only.
    const key = () => (isKeyWrong ? 'sk_live_123' : 'sk_test_123')
    const secret = (name: string) => (name === 'STRIPE_TEST_SECRET_KEY' ? key() : null)
    const env = { secret, stripeApiUrl: mock.url }
    stripe = (await openStripe(env, { billing: { provider: 'stripe' } })) as StripeDoor
  })
  after(() => mock?.stop())

  const organizationId = '0b0b0b0b-0000-4000-8000-000000000001'
  const address = 'https://app.example/billing'

  test('a customer', async () => {
    const customer = { organizationId, name: 'Acme', email: 'ann@example.com' }
    assert.match(await stripe.createCustomer('test', customer), /^cus_/)
  })

  test('a payment page, with a trial and without, and its end', async () => {
    const checkout = {
      organizationId,
      customerId: 'cus_1',
      priceId: 'price_1',
      successUrl: address,
      cancelUrl: address,
    }
    for (const trialDays of [null, 14]) {
      const made = await stripe.createCheckout('test', { ...checkout, trialDays })
      assert.match(made.id, /^cs_/)
      assert.ok(URL.canParse(made.url))
    }
    await stripe.expireCheckout('test', 'cs_1')
  })

  test('the portal: its settings, its front page, and the page that confirms a change', async () => {
    const configurationId = await stripe.ensurePortalConfiguration('test', ['price_1', 'price_2'])
    assert.match(configurationId, /^bpc_/)
    const portal = { customerId: 'cus_1', configurationId, returnUrl: address }
    const change = { subscriptionId: 'sub_1', itemId: 'si_1', priceId: 'price_2' }
    for (const more of [{}, { change }]) {
      assert.ok(URL.canParse(await stripe.createPortal('test', { ...portal, ...more })))
    }
  })

  test('subscriptions: read with their newest invoice, cancelled, resumed, ended', async () => {
    const [one] = await stripe.listSubscriptions('test', 'cus_1')
    assert.ok(one)
    assert.match(one.id, /^sub_/)
    assert.match(String(one.priceId), /^price_|^plan_/)
    assert.ok(Number(one.currentPeriodEnd) > 0, 'the end of the period is where we look for it')
    await stripe.setCancelAtPeriodEnd('test', 'sub_1', true)
    await stripe.setCancelAtPeriodEnd('test', 'sub_1', false)
    await stripe.cancelNow('test', 'sub_1')
  })

  test('invoices, and the page after them', async () => {
    for (const after of [null, 'in_1']) {
      const { invoices } = await stripe.listInvoices('test', 'cus_1', { limit: 2, after })
      assert.match(String(invoices[0]?.id), /^in_/)
      assert.equal(typeof invoices[0]?.amountDue, 'number')
    }
  })

  test('a call that Stripe refuses is our trouble and not the fault of who pays', async () => {
    const wrong = { organizationId, name: 'Acme', email: { not: 'a text' } as unknown as string }
    await assert.rejects(stripe.createCustomer('test', wrong), { code: 'unavailable' })
  })

  test('a key of the other mode, or none, is never sent', async () => {
    const why = (pattern: RegExp) => (error: Error) => {
      assert.match(String((error.cause as Error).message), pattern)
      return true
    }
    isKeyWrong = true
    const wrong = stripe.listSubscriptions('test', 'cus_1')
    await assert.rejects(wrong, why(/STRIPE_TEST_SECRET_KEY is not a key of Stripe's test mode/))
    isKeyWrong = false
    const missing = stripe.listSubscriptions('live', 'cus_1')
    await assert.rejects(missing, why(/STRIPE_SECRET_KEY is not set/))
  })
})
