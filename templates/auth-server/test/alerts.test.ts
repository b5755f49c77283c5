import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { instance } from './support/identity.ts'
import { call, must } from './support/instance.ts'
import { cannotOperate, operate, operatorToken } from './support/operate.ts'
import { createOrganization, type Person, signUp, tokenFor } from './support/person.ts'

const site = instance as NonNullable<typeof instance>
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0'
const safari =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15'

// biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape.
type Body = any

describe('alerts over HTTP', {
  skip: cannotOperate || (!site?.pgSuperuserUrl && 'no superuser'),
}, () => {
  let staff: string
  let client: pg.Client
  /** May say for whom it calls. */
  let backend: { id: string; key: string }

  before(async () => {
    staff = await operatorToken()
    const url = new URL(String(site.pgSuperuserUrl))
    url.pathname = '/authstack_live'
    client = new pg.Client({ connectionString: url.href })
    await client.connect()
    const made = await operate(staff, 'POST', '/keys', {
      kind: 'secret',
      name: 'alerts-test',
      scopes: ['bff'],
    })
    backend = made.body
  })
  after(async () => {
    if (backend) await operate(staff, 'POST', `/keys/${backend.id}/revoke`)
    await client?.end()
  })

  /** Alerts about a person in the operators' trail; waits for `count` of them, at most 5 s. */
  async function alertsOf(person: Person, count: number): Promise<Body[]> {
    for (let tries = 0; ; tries++) {
      const { body } = await operate(staff, 'GET', '/audit/events?action=alert.*&limit=100')
      const found = body.data.filter((event: Body) => event.target?.id === person.userId)
      if (found.length >= count || tries > 50) return found
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  const signIn = (person: Person, userAgent: string, ip: string) =>
    must(site, 200, 'POST', '/auth/login', {
      body: { email: person.email, password: person.password },
      headers: {
        'User-Agent': userAgent,
        // Only a backend with a secret key may say so.
        'X-AuthStack-Secret': backend.key,
        'X-AuthStack-Client-IP': ip,
      },
    })

  test('a sign-in from a new country and device, at once: three alerts and one mail', async () => {
    const person = await signUp(site, 'travels')
    await signIn(person, firefox, '193.99.144.80')
    assert.deepEqual(await alertsOf(person, 0), [])
    await signIn(person, safari, '133.11.0.1')
    const alerts = await alertsOf(person, 3)
    assert.deepEqual(alerts.map(({ action }: Body) => action).sort(), [
      'alert.impossible_travel',
      'alert.new_country',
      'alert.new_device',
    ])
    const mails = await mailsTo(person.email)
    assert.equal(
      mails.filter(({ Subject }) => /sign-in/i.test(Subject)).length,
      1,
      JSON.stringify(mails),
    )
  })

  test('a caller cannot choose the address that it is counted under', async () => {
    const person = await signUp(site, 'pretends')
    await signIn(person, firefox, '193.99.144.80')
    await must(site, 200, 'POST', '/auth/login', {
      body: { email: person.email, password: person.password },
      headers: {
        'User-Agent': firefox,
        'X-AuthStack-Client-IP': '133.11.0.1',
        'X-Forwarded-For': '133.11.0.1',
      },
    })
    await new Promise((resolve) => setTimeout(resolve, 1000))
    assert.deepEqual(await alertsOf(person, 0), [])
  })

  test('going through organizations of others is the same 404 each time, and an alert', async () => {
    const [person, victim] = await Promise.all([signUp(site, 'probes'), signUp(site, 'is-probed')])
    const own = await createOrganization(site, person, 'Own')
    const foreign = await createOrganization(site, victim, 'Probed')
    const token = await tokenFor(site, person, own)
    const ids = [foreign, ...Array.from({ length: 5 }, () => randomUUID())]
    for (const id of ids) {
      const answer = await call(site, 'GET', `/organizations/${id}/members`, { token })
      assert.equal(answer.status, 404)
    }
    const [alert, ...more] = await alertsOf(person, 1)
    assert.deepEqual([alert?.action, more], ['alert.cross_tenant_attempts', []])
    // Their own organization learns that its member does it, and not where.
    const path = `/organizations/${own}/audit-events?action=alert.*`
    const { body } = await must(site, 200, 'GET', path, { token })
    assert.deepEqual(
      body.data.map(({ action, data }: Body) => [action, Object.keys(data).sort()]),
      [['alert.cross_tenant_attempts', ['attempts', 'minutes']]],
    )
    const victimToken = await tokenFor(site, victim, foreign)
    const theirs = await must(
      site,
      200,
      'GET',
      `/organizations/${foreign}/audit-events?action=alert.*`,
      {
        token: victimToken,
      },
    )
    assert.deepEqual(theirs.body.data, [])
  })

  test('a reader who comes back to an organization that they have left raises nothing', async () => {
    const person = await signUp(site, 'left')
    const own = await createOrganization(site, person, 'Still mine')
    const token = await tokenFor(site, person, own)
    const gone = randomUUID()
    for (let n = 0; n < 15; n++)
      await must(site, 404, 'GET', `/organizations/${gone}/members`, { token })
    await new Promise((resolve) => setTimeout(resolve, 500))
    assert.deepEqual(await alertsOf(person, 0), [])
  })

  test('a refresh token that comes back later ends the session and raises an alert', async () => {
    const person = await signUp(site, 'reused')
    const { body } = await signIn(person, firefox, '193.99.144.80')
    const refreshToken = body.refreshToken
    await must(site, 200, 'POST', '/auth/refresh', { body: { refreshToken } })
    await client.query(
      `update refresh_tokens set rotated_at = now() - interval '1 minute' where rotated_at is not null
       and session_id in (select id from sessions where user_id = $1)`,
      [person.userId],
    )
    await must(site, 401, 'POST', '/auth/refresh', { body: { refreshToken } })
    const [alert] = await alertsOf(person, 1)
    assert.equal(alert?.action, 'alert.refresh_reuse')
  })
})

/** Waits for the mailbox: the outbox takes a moment. */
async function mailsTo(email: string): Promise<{ Subject: string }[]> {
  const query = encodeURIComponent(`to:${email}`)
  for (let tries = 0; ; tries++) {
    const response = await fetch(`${site.mailbox}/api/v1/search?query=${query}`)
    const { messages } = (await response.json()) as { messages: { Subject: string }[] }
    if (messages.length > 1 || tries > 50) return messages
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
