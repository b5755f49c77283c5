import { randomBytes } from 'node:crypto'
import { callOk } from './call.ts'
import { mailedToken, mailsTo } from './mailbox.ts'
import { ownAddress } from './own-address.ts'

/** A signed-in person made for one test. */
export type Person = {
  id: string
  email: string
  password: string
  accessToken: string
  refreshToken: string
}

/** An organization as the API answers it. */
export type Organization = { id: string; slug: string; name: string; role: string }

/** A fresh random suffix, so that suites may run again on the same instance. */
export function unique(): string {
  return randomBytes(5).toString('hex')
}

/** An address nobody else uses. */
export function newAddress(name = 'person'): string {
  return `${name}-${unique()}@example.test`
}

/** A password that no list holds. */
export function newPassword(): string {
  return `Correct-${randomBytes(9).toString('base64url')}`
}

/** Signs a new person up, follows the mail and returns them signed in. */
export async function newPerson(name = 'person', key?: string): Promise<Person> {
  const email = newAddress(name)
  const password = newPassword()
  const json = { email, password, firstName: capital(name), lastName: 'Tester' }
  const headers = await ownAddress(key?.startsWith('ask_test_') ? 'test' : 'live')
  await callOk('POST', 'auth/signup', { key, json, headers }, 201)
  const token = await mailedToken(email, 'verify-email')
  const session = await callOk('POST', 'auth/verify-email', { key, json: { token }, headers })
  return {
    id: session.user.id,
    email,
    password,
    accessToken: session.accessToken,
    refreshToken: session.refreshToken,
  }
}

/** Signs in by password and returns the whole session answer. */
export function logIn(person: { email: string; password: string }, key?: string) {
  const { email, password } = person
  return callOk('POST', 'auth/login', { key, json: { email, password } })
}

/** Creates an organization that the person then owns. */
export function newOrganization(
  owner: Person,
  name = `Org ${unique()}`,
  key?: string,
): Promise<Organization> {
  const options = { key, token: owner.accessToken, json: { name } }
  return callOk('POST', 'organizations', options, 201)
}

/** A token of the person for this organization. */
export async function tokenFor(person: Person, organizationId: string): Promise<string> {
  const options = { token: person.accessToken, json: { organizationId } }
  return (await callOk('POST', 'auth/switch', options)).accessToken
}

/** Invites an address and returns the token that was mailed. */
export async function invite(
  ownerToken: string,
  organizationId: string,
  email: string,
  role = 'member',
): Promise<{ id: string; token: string }> {
  const path = `organizations/${organizationId}/invitations`
  const json = { email, role }
  const seen = new Set((await mailsTo(email)).map((mail) => mail.id))
  const made = await callOk('POST', path, { token: ownerToken, tenant: organizationId, json }, 201)
  return { id: made.id, token: await mailedToken(email, 'accept-invitation', seen) }
}

/** Brings a person into an organization by invitation. */
export async function join(
  ownerToken: string,
  organizationId: string,
  person: Person,
  role = 'member',
): Promise<void> {
  const { token } = await invite(ownerToken, organizationId, person.email, role)
  await callOk('POST', 'invitations/accept', { token: person.accessToken, json: { token } })
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
