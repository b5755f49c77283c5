import { randomBytes } from 'node:crypto'
import { type Call, call, type Instance, mailedToken, must } from './instance.ts'
import { createOrganization, type Person, signUp, tokenFor } from './person.ts'

/** An organization of an owner, through the public API, and a stranger with one of their own. */
export interface Team {
  id: string
  /** Path of the organization below `/api/v1`. */
  org: string
  owner: Person
  /** The owner's access token for the organization. */
  token: string
  other: { id: string; org: string; person: Person; token: string }
  /** Signs somebody up and brings them in with a role (id, slug or name). */
  join(name: string, role: string): Promise<{ person: Person; token: string }>
  /** As the owner, unless a token is given; below the organization's path. */
  ask(method: string, path: string, body?: unknown, by?: string): ReturnType<typeof call>
  /** As `ask` by the owner, and throws unless the status is the wanted one. */
  must(status: number, method: string, path: string, body?: unknown): ReturnType<typeof must>
}

export async function openTeam(instance: Instance, name: string): Promise<Team> {
  const tag = randomBytes(4).toString('hex')
  const [owner, stranger] = await Promise.all([signUp(instance, 'Olga'), signUp(instance, 'Sten')])
  const [id, otherId] = await Promise.all([
    createOrganization(instance, owner, `${name} ${tag}`),
    createOrganization(instance, stranger, `Other ${tag}`),
  ])
  const [token, otherToken] = await Promise.all([
    tokenFor(instance, owner, id),
    tokenFor(instance, stranger, otherId),
  ])
  const org = `/organizations/${id}`
  const sending = (body: unknown, by = token): Call => ({
    token: by,
    ...(body === undefined ? {} : { body }),
  })
  return {
    id,
    org,
    owner,
    token,
    other: {
      id: otherId,
      org: `/organizations/${otherId}`,
      person: stranger,
      token: otherToken,
    },
    async join(firstName, role) {
      const person = await signUp(instance, firstName)
      await must(instance, 201, 'POST', `${org}/invitations`, {
        token,
        body: { email: person.email, role },
      })
      await must(instance, 200, 'POST', '/invitations/accept', {
        token: person.hubToken,
        body: { token: await mailedToken(instance, person.email, 'Join') },
      })
      return { person, token: await tokenFor(instance, person, id) }
    },
    ask: (method, path, body, by) => call(instance, method, `${org}${path}`, sending(body, by)),
    must: (status, method, path, body) =>
      must(instance, status, method, `${org}${path}`, sending(body)),
  }
}
