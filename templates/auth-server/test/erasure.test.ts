import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { OPERATORS_TRAIL } from '../src/audit/link-hash.ts'
import { instance, keycloakAdmin } from './support/identity.ts'
import { call, mailedToken, must } from './support/instance.ts'
import { cannotOperate, operate, operatorToken } from './support/operate.ts'
import { createOrganization, type Person, signUp, tokenFor } from './support/person.ts'

const site = instance as NonNullable<typeof instance>
// biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape.
type Body = any
const databases = ['authstack_live', 'authstack_test', 'keycloak']

describe('the export and the erasure of one person', {
  skip: cannotOperate || (!site.pgSuperuserUrl && 'no superuser of the cluster'),
}, () => {
  let staff: string
  let owner: Person
  let erased: Person
  let shared: string
  let clients: pg.Client[]
  /** A name that nobody else has, to look for. */
  const surname = `Vanish${Date.now().toString(36)}`

  before(async () => {
    staff = await operatorToken()
    clients = await Promise.all(databases.map(connect))
    owner = await signUp(site, 'stays')
    erased = await signUp(site, 'goes')
    await must(site, 200, 'PATCH', '/me', {
      token: erased.hubToken,
      body: { lastName: surname },
    })
    shared = await createOrganization(site, owner, 'Stays')
    await join(shared, owner, erased)
    // A failed sign-in, another session, and a forgotten invitation elsewhere.
    await call(site, 'POST', '/auth/login', {
      body: { email: erased.email, password: 'not the password' },
    })
    await must(site, 200, 'POST', '/auth/login', {
      body: { email: erased.email, password: erased.password },
      headers: { 'User-Agent': `${surname}-Phone/1.0` },
    })
    const elsewhere = await createOrganization(site, owner, 'Elsewhere')
    const ownerToken = await tokenFor(site, owner, elsewhere)
    const role = { token: ownerToken, body: { email: erased.email, role: 'viewer' } }
    await must(site, 201, 'POST', `/organizations/${elsewhere}/invitations`, {
      ...role,
      headers: { 'Idempotency-Key': `erasure-${surname}` },
    })
    await call(site, 'POST', '/auth/password-reset', { body: { email: erased.email } })
  })
  after(() => Promise.all((clients ?? []).map((client) => client.end())))

  const act = (method: string, path: string, body?: unknown) => operate(staff, method, path, body)
  const path = (person: Person) => `/users/${encodeURIComponent(person.email)}`

  test('the export has the profile, sessions, memberships, invitations and events', async () => {
    await chained(erased.userId, 4)
    const { status, body } = await act('GET', `${path(erased)}/export`)
    assert.equal(status, 200)
    assert.deepEqual(
      [body.profile.email, body.profile.lastName, body.profile.id],
      [erased.email, surname, erased.userId],
    )
    assert.ok(
      body.sessions.some(({ userAgent }: { userAgent: string }) => userAgent?.includes(surname)),
    )
    assert.deepEqual(
      body.memberships.map(({ organization, role }: Body) => [organization.id, role]),
      [[shared, 'member']],
    )
    assert.deepEqual(body.machineKeys, [])
    const statuses = body.invitations.map(({ status: one }: { status: string }) => one).sort()
    assert.deepEqual(statuses, ['accepted', 'pending'])
    const actions = new Set(body.events.map(({ action }: { action: string }) => action))
    for (const action of [
      'signup.started',
      'login.failed',
      'login.succeeded',
      'invitation.accepted',
    ])
      assert.ok(actions.has(action), action)
    const login = body.events.find(({ action }: { action: string }) => action === 'login.succeeded')
    assert.match(login.userAgent, new RegExp(surname))
  })

  test('nothing of the export is anybody else', async () => {
    const { body } = await act('GET', `${path(erased)}/export`)
    const text = JSON.stringify(body)
    assert.ok(!text.includes(owner.email))
    assert.ok(!text.includes('passwordVersion') && !text.includes('token'))
  })

  test('the last owner is refused, and the organizations are named', async () => {
    const { status, body } = await act('POST', `${path(owner)}/erase`, { email: owner.email })
    assert.deepEqual([status, body.code], [409, 'last_owner'])
    assert.deepEqual(body.organizations.map(({ name }: { name: string }) => name).sort(), [
      'Elsewhere',
      'Stays',
    ])
    await must(site, 200, 'GET', '/me', { token: owner.hubToken })
  })

  test('another address erases nobody', async () => {
    const { status } = await act('POST', `/users/${erased.userId}/erase`, { email: owner.email })
    assert.equal(status, 409)
    await must(site, 200, 'GET', '/me', { token: erased.hubToken })
  })

  test('after it, no database holds the address or the name any more', async () => {
    assert.notDeepEqual(await placesOf(erased.email), [], 'the search finds what is there')
    assert.notDeepEqual(await placesOf(surname), [])
    const memberToken = await tokenFor(site, erased, shared)
    const { status, body } = await act('POST', `${path(erased)}/erase`, { email: erased.email })
    assert.deepEqual([status, body.status], [200, 'erased'], JSON.stringify(body))
    assert.deepEqual(
      body.organizations.map(({ id }: { id: string }) => id),
      [shared],
    )
    // Access is gone at the next request, everywhere.
    await must(site, 401, 'GET', '/me', { token: erased.hubToken })
    await must(site, 401, 'GET', `/organizations/${shared}`, { token: memberToken })
    await must(site, 401, 'POST', '/auth/login', {
      body: { email: erased.email, password: erased.password },
    })
    await settled()
    assert.deepEqual(await placesOf(erased.email), [])
    assert.deepEqual(await placesOf(surname), [])
    assert.deepEqual(await namesIn('live-accounts'), [])
    assert.deepEqual(await namesIn(`live-org-${shared}`), [])
  })

  test('the trails still verify, and what was personal in them is unreadable', async () => {
    for (const query of ['', `?organization=${shared}`]) {
      const { body } = await act('GET', `/audit/verify${query}`)
      assert.deepEqual(body.faults, [], query)
    }
    const trail = await act('GET', `/audit/events?organization=${shared}&actor=${erased.userId}`)
    assert.ok(trail.body.data.length > 0)
    for (const event of trail.body.data)
      assert.deepEqual([event.ip, event.userAgent], [null, null], event.action)
    const removed = await act('GET', `/audit/events?organization=${shared}&action=member.removed`)
    assert.deepEqual(
      removed.body.data.map(({ actor, target, data }: Body) => [
        actor.kind,
        target.id,
        data.reason,
      ]),
      [['operator', erased.userId, 'erased']],
    )
    const [live] = clients
    const { rows } = await (live as pg.Client).query(
      `select kind from revocation_log where subject_id = $1 order by id`,
      [erased.userId],
    )
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      ['member_removed', 'person_erased'],
    )
  })

  test('the other members stay as they were, and see that somebody was removed', async () => {
    const token = await tokenFor(site, owner, shared)
    const { body } = await must(site, 200, 'GET', `/organizations/${shared}/members`, { token })
    assert.deepEqual(
      body.data.map(({ userId }: { userId: string }) => userId),
      [owner.userId],
    )
  })

  test('the address is free: whoever has it now signs up as somebody new', async () => {
    const password = 'another long password'
    const spent = await mailedToken(site, erased.email, 'Verify')
    await must(site, 201, 'POST', '/auth/signup', { body: { email: erased.email, password } })
    let token = spent
    for (let tries = 0; token === spent && tries < 100; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      token = await mailedToken(site, erased.email, 'Verify')
    }
    const { body } = await must(site, 200, 'POST', '/auth/verify-email', { body: { token } })
    assert.notEqual(body.user.id, erased.userId)
    assert.deepEqual(body.organizations, [])
    // And a second erasure of an id that is gone finds nobody.
    const again = await act('POST', `/users/${erased.userId}/erase`, { email: erased.email })
    assert.equal(again.status, 404)
  })

  test('test mode knows nothing of it', async () => {
    const { status } = await act('POST', `${path(owner)}/erase?mode=test`, { email: owner.email })
    assert.equal(status, 404)
    const answer = await act('GET', `${path(owner)}/export?mode=test`)
    assert.equal(answer.status, 404)
  })

  async function join(organization: string, by: Person, person: Person): Promise<void> {
    const token = await tokenFor(site, by, organization)
    await must(site, 201, 'POST', `/organizations/${organization}/invitations`, {
      token,
      body: { email: person.email, role: 'member' },
    })
    await must(site, 200, 'POST', '/invitations/accept', {
      token: person.hubToken,
      body: { token: await mailedToken(site, person.email, 'Join') },
    })
  }

  /** Every table of every database that has the text in any column: what a grep of a dump would find. */
  async function placesOf(text: string): Promise<string[]> {
    const found: string[] = []
    for (const [n, client] of clients.entries()) {
      const { rows: tables } = await client.query(
        `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name
         from information_schema.tables
         where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
      )
      for (const { name } of tables) {
        const { rows } = await client.query(
          `select count(*)::int as n from ${name} t
           where position(lower($1) in lower(t::text)) > 0
              or position($2 in t::text) > 0`,
          [text, Buffer.from(text).toString('hex')],
        )
        if (rows[0].n > 0) found.push(`${databases[n]}: ${name}`)
      }
    }
    return found
  }

  async function namesIn(realm: string): Promise<unknown[]> {
    const { body } = await keycloakAdmin(
      realm,
      'GET',
      `/users?username=${erased.userId}&exact=true`,
    )
    return body as unknown[]
  }

  /** Until the sequencer has nothing left to seal. */
  async function settled(): Promise<void> {
    const [live] = clients
    for (let tries = 0; tries < 50; tries++) {
      const { rows } = await (live as pg.Client).query('select count(*)::int as n from audit_queue')
      if (rows[0].n === 0) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  async function chained(userId: string, count: number): Promise<void> {
    const [live] = clients
    for (let tries = 0; tries < 50; tries++) {
      const { rows } = await (live as pg.Client).query(
        `select count(*)::int as n from audit_events where tenant_id = $1 and target_id = $2`,
        [OPERATORS_TRAIL, userId],
      )
      if (rows[0].n >= count) break
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    await settled()
  }
})

async function connect(database: string): Promise<pg.Client> {
  const url = new URL(String(site.pgSuperuserUrl))
  url.pathname = `/${database}`
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  return client
}
