import { randomBytes } from 'node:crypto'
import { type Instance, mailedToken, must } from './instance.ts'

export interface Person {
  email: string
  password: string
  userId: string
  /** Access token without an organization. */
  hubToken: string
}

/** Signs a new person up through the public API and follows the mail. */
export async function signUp(instance: Instance, name: string, key?: string): Promise<Person> {
  const email = `${name}-${randomBytes(5).toString('hex')}@example.com`
  const password = `correct horse ${randomBytes(6).toString('hex')}`
  const withKey = key ? { key } : {}
  await must(instance, 201, 'POST', '/auth/signup', {
    ...withKey,
    body: { email, password, firstName: name },
  })
  const token = await mailedToken(instance, email, 'Verify')
  const { body } = await must(instance, 200, 'POST', '/auth/verify-email', {
    ...withKey,
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
