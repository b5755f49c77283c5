import { type Api, ApiError } from '../lib/api.ts'
import { findMails, readMailToken } from '../lib/mailbox.ts'
import { type DemoPerson, demoPeople } from './demo-people.ts'

type OrganizationRef = { id: string; slug: string; name: string; role: string }
type Session = { accessToken: string; organizations: OrganizationRef[] }
type SignedIn = { person: DemoPerson; session: Session }

/** A person of the demo as `bin/demo --json` prints it. */
export type SeededUser = {
  email: string
  password: string
  organizations: { id: string; slug: string; role: string }[]
}

/**
 * Brings the demo's people and organizations into being by the public API alone: sign up, follow the mail,
 * create, invite, accept. What is there already is left as it is, so a second run changes nothing.
 */
export async function seedPeople(api: Api, mailbox: string): Promise<SeededUser[]> {
  const signedIn: SignedIn[] = []
  for (const person of demoPeople) {
    signedIn.push({ person, session: await signInOrUp(api, mailbox, person) })
  }
  const organizations = await createMissing(api, signedIn)
  await joinMissing(api, mailbox, signedIn, organizations)
  return await Promise.all(signedIn.map(({ person }) => describe(api, person)))
}

async function signInOrUp(api: Api, mailbox: string, person: DemoPerson): Promise<Session> {
  try {
    return await signIn(api, person)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    // An unverified address is told apart only after the right password; then the link is mailed again.
    if (error.code === 'email_not_verified') {
      await api('POST', 'auth/verify-email/resend', { body: { email: person.email } })
    } else if (error.code === 'invalid_credentials') {
      const { email, password, firstName, lastName } = person
      await api('POST', 'auth/signup', { body: { email, password, firstName, lastName } })
    } else throw error
  }
  const token = await readMailToken(mailbox, person.email, 'verify-email')
  return await api<Session>('POST', 'auth/verify-email', { body: { token } })
}

async function signIn(api: Api, { email, password }: DemoPerson): Promise<Session> {
  return await api<Session>('POST', 'auth/login', { body: { email, password } })
}

async function createMissing(api: Api, signedIn: SignedIn[]): Promise<Map<string, string>> {
  const idByName = new Map<string, string>()
  for (const { person, session } of signedIn) {
    for (const name of person.creates) {
      const known = session.organizations.find((organization) => organization.name === name)
      const { id } =
        known ??
        (await api<{ id: string }>('POST', 'organizations', {
          bearer: session.accessToken,
          body: { name },
          headers: { 'idempotency-key': `demo-${name.toLowerCase()}` },
        }))
      idByName.set(name, id)
    }
  }
  return idByName
}

async function joinMissing(
  api: Api,
  mailbox: string,
  signedIn: SignedIn[],
  organizations: Map<string, string>,
): Promise<void> {
  for (const { person, session } of signedIn) {
    for (const { organization, role } of person.joins) {
      if (session.organizations.some(({ name }) => name === organization)) continue
      const owner = signedIn.find(({ person }) => person.creates.includes(organization))
      const organizationId = organizations.get(organization)
      if (!owner || !organizationId) throw new Error(`nobody of the demo owns ${organization}`)
      await invite(api, owner, organizationId, person.email, role, mailbox).then((token) =>
        api('POST', 'invitations/accept', { bearer: session.accessToken, body: { token } }),
      )
    }
  }
}

/** Invites and gives the token that the mail carries. */
async function invite(
  api: Api,
  owner: SignedIn,
  organizationId: string,
  email: string,
  role: string,
  mailbox: string,
): Promise<string> {
  const { accessToken } = await api<{ accessToken: string }>('POST', 'auth/switch', {
    bearer: owner.session.accessToken,
    body: { organizationId },
  })
  const before = new Set((await findMails(mailbox, email)).map(({ ID }) => ID))
  const path = `organizations/${organizationId}/invitations`
  try {
    await api('POST', path, { bearer: accessToken, body: { email, role } })
  } catch (error) {
    // An earlier run was interrupted between inviting and accepting: have the mail sent again.
    if (!(error instanceof ApiError) || error.code !== 'conflict') throw error
    const { data } = await api<{ data: { id: string; email: string; status: string }[] }>(
      'GET',
      path,
      {
        bearer: accessToken,
      },
    )
    const open = data.find((one) => one.email === email && one.status === 'pending')
    if (!open) throw error
    await api('POST', `${path}/${open.id}/resend`, { bearer: accessToken })
  }
  return await readMailToken(mailbox, email, 'accept-invitation', {
    isNew: (id) => !before.has(id),
  })
}

async function describe(api: Api, person: DemoPerson): Promise<SeededUser> {
  const { organizations } = await signIn(api, person)
  return {
    email: person.email,
    password: person.password,
    organizations: organizations.map(({ id, slug, role }) => ({ id, slug, role })),
  }
}
