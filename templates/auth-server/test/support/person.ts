import { randomBytes } from 'node:crypto'
import { type Call, call, type Instance, mailedToken, must } from './instance.ts'

export interface Person {
  email: string
  password: string
  userId: string
  /** Access token without an organization. */
  hubToken: string
}

/** Signs a new person up through the public API and follows the mail. */
export async function signUp(instance: Instance, name: string, how: Call = {}): Promise<Person> {
  const email = `${name}-${randomBytes(5).toString('hex')}@example.com`
  const password = `correct horse ${randomBytes(6).toString('hex')}`
  await must(instance, 201, 'POST', '/auth/signup', {
    ...how,
    body: { email, password, firstName: name },
  })
  const token = await mailedToken(instance, email, 'Verify')
  const { body } = await must(instance, 200, 'POST', '/auth/verify-email', {
    ...how,
    body: { token },
  })
  return { email, password, userId: body.user.id, hubToken: body.accessToken }
}

/** Creates an organization and gives its id. */
export async function createOrganization(
  instance: Instance,
  person: Person,
  name: string,
): Promise<string> {
  const { body } = await must(instance, 201, 'POST', '/organizations', {
    token: person.hubToken,
    body: { name },
  })
  return body.id
}

/** An access token of the person for the organization. */
export async function tokenFor(
  instance: Instance,
  person: Person,
  organizationId: string,
): Promise<string> {
  const { body } = await must(instance, 200, 'POST', '/auth/switch', {
    token: person.hubToken,
    body: { organizationId },
  })
  return body.accessToken
}

/** How to call with the test key: a browser key wants the origin of its app, a native one wants none. */
export async function testMode(instance: Instance): Promise<Call | null> {
  const { testKey, app, origin } = instance
  if (!testKey) return null
  const config = await call(instance, 'GET', '/config', { key: testKey })
  const isBrowser = config.body?.code === 'origin_not_allowed'
  return { key: testKey, ...(isBrowser ? { headers: { Origin: origin ?? app ?? '' } } : {}) }
}
