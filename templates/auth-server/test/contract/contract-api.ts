import { billingPlans, standInPrices } from '../support/billing-world.ts'
import { type DnsServer, openDnsServer } from '../support/dns-server.ts'
import type { IdentityInstance } from '../support/identity.ts'
import { withPlans } from '../support/own-plans.ts'
import { type OwnApi, startApi } from '../support/start-api.ts'
import {
  openStripeStandIn,
  STAND_IN_KEY,
  STAND_IN_WEBHOOK_SECRET,
  type StripeStandIn,
} from '../support/stripe-stand-in.ts'

const LIMITS = 'http/rate-limit.ts'
const wider = (from: string) => ({ file: LIMITS, from, to: from.replace(/\d+,$/, '3e6,') })

export interface ContractApi extends OwnApi {
  standIn: StripeStandIn
  dns: DnsServer
}

/**
 * A server of the suite's own, which takes payments (at the stand-in) and asks a DNS of the suite, so
 * that every operation can succeed. Its limits are wide, or schemathesis would meet little but 429;
 * the limits themselves have suites of their own, and the product's defaults stay as they are.
 */
export async function startContractApi(instance: IdentityInstance): Promise<ContractApi> {
  const standIn = await openStripeStandIn(standInPrices)
  const dns = await openDnsServer()
  const plans = withPlans(billingPlans, { provider: 'stripe' })
  const api = await startApi(instance, {
    source: [
      {
        file: LIMITS,
        from: '{ ip: 3000, key: 6000, user: 1200 }',
        to: '{ ip: 3e6, key: 3e6, user: 3e6 }',
      },
      ...['signup: { points: 200,', 'mail: { points: 6,', 'invitation: { points: 200,'].map(wider),
      ...['guess: { points: 300,', 'dns: { points: 120,'].map(wider),
    ],
    settings: (text) => plans(text).replace(/perHourMax: \d+/, 'perHourMax: 10000'),
    env: { AUTHSTACK_STRIPE_API_URL: standIn.url, AUTHSTACK_DNS_SERVERS: dns.address },
    credentials: {
      'secrets.json': JSON.stringify({
        STRIPE_SECRET_KEY: STAND_IN_KEY,
        STRIPE_WEBHOOK_SECRET: STAND_IN_WEBHOOK_SECRET,
      }),
    },
  })
  return {
    ...api,
    standIn,
    dns,
    async stop() {
      const code = await api.stop()
      await Promise.all([standIn.close(), dns.close()])
      return code
    },
  }
}
