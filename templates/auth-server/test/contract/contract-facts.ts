import type { DenialWorld } from '../support/denial/denial-world.ts'
import type { IdentityInstance } from '../support/identity.ts'
import { signUp } from '../support/person.ts'
import type { ContractApi } from './contract-api.ts'
import type { ContractFacts } from './good-requests.ts'

/** People with real passwords, and the keys that only sign-in by hosted pages uses. */
export async function contractFacts(
  world: DenialWorld,
  api: ContractApi,
  instance: IdentityInstance,
): Promise<ContractFacts> {
  const [login, forgetful] = await Promise.all([
    signUp(instance, 'Login'),
    signUp(instance, 'Forgetful'),
  ])
  const redirectUri = 'http://localhost:4880/contract'
  const redirectKey = await world.rows.live.key({ redirectUris: [redirectUri] })
  const returnUrl = `${world.publicUrl}/organization`
  await pay(world, api, returnUrl)
  return {
    returnUrl,
    pagesKey: await pagesKey(instance),
    redirectKey,
    redirectUri,
    login: { email: login.email, password: login.password },
    forgetful: { userId: forgetful.userId },
  }
}

/** As a browser finds it: in the login page. */
async function pagesKey({ api }: IdentityInstance): Promise<string> {
  const text = await (await fetch(`${api}/login`)).text()
  const config = /<script[^>]*id="authstack-config"[^>]*>([^<]+)</.exec(text)?.[1]
  if (!config) throw new Error('The login page names no key')
  return JSON.parse(config).apiKey
}

/** `mine` buys a plan at the stand-in, whose events arrive. */
async function pay(world: DenialWorld, api: ContractApi, returnUrl: string): Promise<void> {
  const { mine, ask, keys } = world
  const token = await world.token(mine.owner, mine)
  const page = await ask('POST', `/api/v1/organizations/${mine.id}/subscription/checkout`, {
    headers: { 'X-AuthStack-Key': keys.good, Authorization: `Bearer ${token}` },
    body: { plan: 'pro', returnUrl },
  })
  if (page.status !== 200) throw new Error(`checkout: ${page.status} ${page.text}`)
  api.standIn.account.payCheckout(String(page.body.url.split('/').at(-1)))
  for (const event of api.standIn.takeEvents()) {
    await api.standIn.send(`${api.url}/api/v1/webhooks/stripe`, event)
  }
}
