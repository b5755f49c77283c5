import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type DeadlyProxy, type Moment, startDeadlyProxy } from './support/deadly-proxy.ts'
import { instance } from './support/identity.ts'
import { call } from './support/instance.ts'
import { operate, operatorToken } from './support/operate.ts'
import { createOrganization, type Person, signUp, tokenFor } from './support/person.ts'
import { cannotStartApi, type OwnApi, startApi } from './support/start-api.ts'

const isFull = process.env.AUTHSTACK_FULL === '1'
/** In short form every second step. */
const stride = isFull ? 1 : 2
const stepsMax = 60
const settleSeconds = 60

/** One saga: how it begins, and what must be true when it is over, whichever way it ended. */
interface Saga {
  kind: string
  /** Starts it through the API that will be killed. Answers the subject's id when that is known. */
  begin(api: OwnApi): Promise<void>
  /** Says what is wrong, or nothing. `state` is how the operation ended. */
  check(operation: { subjectId: string; state: string }): Promise<string[]>
}

describe('kill -9 at each step of a saga', { skip: cannotStartApi(instance) }, () => {
  if (!instance) return
  const real = instance
  let database: pg.Client
  let proxy: DeadlyProxy
  let founder: Person

  before(async () => {
    database = new pg.Client({ connectionString: withDatabase(String(real.pgSuperuserUrl)) })
    await database.connect()
    proxy = await startDeadlyProxy(String(real.keycloak))
    founder = await signUp(real, 'Founder')
  })
  after(async () => {
    await proxy?.close()
    await database?.end()
  })

  test('the creation of an organization', (t) =>
    killAtEachStep(t, {
      kind: 'create-organization',
      async begin(api) {
        // What one person may create is another test's affair.
        await database.query('update users set organizations_created = 0 where id = $1', [
          founder.userId,
        ])
        await call(api.instance, 'POST', '/organizations', {
          token: founder.hubToken,
          body: { name: `Saga ${randomUUID()}` },
        })
      },
      async check({ subjectId, state }) {
        const { rows } = await database.query(
          'select status from organizations where tenant_id = $1',
          [subjectId],
        )
        const hasRealm = await realmExists(subjectId)
        const counted = await database.query(
          `select value - (select count(*) from organizations) as off
             from instance_counters where name = 'organizations'`,
        )
        if (Number(counted.rows[0].off) !== 0) return ['the count of organizations is off']
        if (state === 'undone') {
          return [...wrong(rows.length > 0, 'its row stays'), ...wrong(hasRealm, 'its realm stays')]
        }
        if (rows[0]?.status !== 'active' || !hasRealm) return ['it is done and not there']
        const token = await tokenFor(real, founder, subjectId).catch(String)
        return wrong(!/^ey/.test(token), `its owner gets no token: ${token}`)
      },
    }))

  test('a sign-up', (t) => {
    let email = ''
    return killAtEachStep(t, {
      kind: 'signup',
      async begin(api) {
        email = `saga-${randomUUID()}@example.com`
        await call(api.instance, 'POST', '/auth/signup', {
          body: { email, password: `correct horse ${randomUUID()}` },
        })
      },
      async check({ state }) {
        const { rows } = await database.query('select state from users where email = $1', [email])
        if (state === 'undone' && rows.length > 0) return ['the person stays']
        if (state === 'done' && rows[0]?.state !== 'active') return ['done, and nobody is there']
        // Whatever was left in Keycloak, the address is free or theirs: they can sign up.
        const again = await call(real, 'POST', '/auth/signup', {
          body: { email, password: `correct horse ${randomUUID()}` },
        })
        return wrong(again.status !== 201, `a new sign-up answers ${again.status}`)
      },
    })
  })

  test('the end of a membership', async (t) => {
    const organizationId = await createOrganization(real, founder, `Saga ${randomUUID()}`)
    const guest = await signUp(real, 'Guest')
    await killAtEachStep(t, {
      kind: 'sync-shadow-user',
      async begin(api) {
        await makeMember(organizationId, guest.userId)
        const token = await tokenFor(real, founder, organizationId)
        await call(
          api.instance,
          'DELETE',
          `/organizations/${organizationId}/members/${guest.userId}`,
          {
            token,
          },
        )
      },
      async check() {
        const { rows } = await database.query(
          'select 1 from memberships where tenant_id = $1 and user_id = $2',
          [organizationId, guest.userId],
        )
        // The membership was cut in the transaction that started the saga.
        const answer = await call(real, 'POST', '/auth/switch', {
          token: guest.hubToken,
          body: { organizationId },
        })
        return [
          ...wrong(rows.length > 0, 'the removed member is one'),
          ...wrong(answer.status !== 404, `the removed member got ${answer.status} at a switch`),
        ]
      },
    })
  })

  test('the erasure of a person', async (t) => {
    const organizationId = await createOrganization(real, founder, `Saga ${randomUUID()}`)
    let doomed: Person | null = null
    await killAtEachStep(t, {
      kind: 'erase-person',
      async begin(api) {
        doomed = await signUp(real, 'Doomed')
        await makeMember(organizationId, doomed.userId)
        const { email } = doomed
        await operate(
          await operatorToken(),
          'POST',
          `/users/${encodeURIComponent(email)}/erase`,
          { email },
          api.operatorSocket,
        )
      },
      async check({ state }) {
        if (state !== 'done') return [`an erasure ended as ${state}`]
        const { email, password, userId } = doomed as unknown as Person
        const { rows } = await database.query(
          `select (select count(*) from users where id = $1 or email = $2) as people,
                  (select count(*) from memberships where user_id = $1) as memberships`,
          [userId, email],
        )
        const login = await call(real, 'POST', '/auth/login', { body: { email, password } })
        return [
          ...wrong(rows[0].people !== '0', 'a row of the person stays'),
          ...wrong(rows[0].memberships !== '0', 'a membership stays'),
          ...wrong(login.body?.code !== 'invalid_credentials', `a login says ${login.body?.code}`),
        ]
      },
    })
  })

  test('the import of people', (t) => {
    let emails: string[] = []
    return killAtEachStep(t, {
      kind: 'signup',
      async begin(api) {
        emails = [1, 2, 3].map((number) => `import-${number}-${randomUUID()}@example.com`)
        const users = emails.map((email) => ({ email, emailVerified: true }))
        await operate(await operatorToken(), 'POST', '/users/import', { users }, api.operatorSocket)
      },
      async check() {
        // Whatever was undone comes with the next run of the same file, which changes nobody twice.
        const users = emails.map((email) => ({ email, emailVerified: true }))
        const again = await operate(await operatorToken(), 'POST', '/users/import', { users })
        const { rows } = await database.query(
          `delete from users where email = any($1) returning state`,
          [emails],
        )
        return [
          ...wrong(again.status !== 200, `the import again answers ${again.status}`),
          ...wrong(rows.length !== 3, `${rows.length} of 3 people are there`),
          ...wrong(
            rows.some(({ state }) => state !== 'active'),
            'somebody is not active',
          ),
        ]
      },
    })
  })

  /** Kills at the first request to Keycloak, then at the second ... until the saga needs no more of them. */
  async function killAtEachStep(t: TestContext, saga: Saga): Promise<void> {
    const faults: string[] = []
    let interrupted = 0
    const requests = await countRequests(saga)
    assert.ok(requests > 0, 'the saga asks nothing of Keycloak')
    t.diagnostic(`${saga.kind}: ${proxy.seen().join(', ')}`)
    for (let at = 1; at <= requests; at += stride) {
      for (const moment of ['before', 'after'] as Moment[]) {
        const found = await killOnce(saga, at, moment)
        if (found) interrupted++
        for (const text of found ?? []) faults.push(`killed ${moment} request ${at}: ${text}`)
      }
    }
    assert.deepEqual(faults, [])
    assert.ok(interrupted > 0, 'no kill hit the saga')
    t.diagnostic(`${saga.kind}: interrupted ${interrupted} times`)
  }

  async function countRequests(saga: Saga): Promise<number> {
    const api = await startApi(real, { env: { AUTHSTACK_KEYCLOAK_URL: proxy.url } })
    proxy.arm(stepsMax, 'after', () => {})
    await saga.begin(api)
    await api.stop()
    return proxy.seen().length
  }

  /** Answers what is wrong; null when the saga had not begun or was over at that request. */
  async function killOnce(saga: Saga, at: number, moment: Moment): Promise<string[] | null> {
    const api = await startApi(real, { env: { AUTHSTACK_KEYCLOAK_URL: proxy.url } })
    const begun = await now()
    let killed: Promise<void> | null = null
    proxy.arm(at, moment, () => {
      killed = api.kill()
    })
    await saga.begin(api).catch(() => undefined)
    if (!killed) {
      await api.stop()
      return null
    }
    await killed
    const operation = await settle(saga.kind, begun)
    // Killed at a request from before its first row, such as that for the keys of the caller's token.
    if (operation === null) return null
    if (operation.state !== 'done' && operation.state !== 'undone') {
      return [`it is ${operation.state} after ${settleSeconds} s: ${operation.error}`]
    }
    return saga.check(operation)
  }

  /**
   * The instance's own sweeper takes up what was left behind; the dead process's lease is not waited
   * for. Answers the last of the operations when all of them are over.
   */
  async function settle(kind: string, begun: Date) {
    for (const end = Date.now() + settleSeconds * 1000; ; await sleep(200)) {
      const { rows } = await database.query(
        `update identity_operations
           set next_attempt_at = case when state = 'running' and attempts = 1
             then now() else next_attempt_at end
           where kind = $1 and created_at >= $2
           returning subject_id, state, last_error, created_at`,
        [kind, begun],
      )
      if (rows.length === 0) return null
      const running = rows.find((row) => row.state === 'running')
      if (running && Date.now() < end) continue
      const row = running ?? rows.sort((a, b) => b.created_at - a.created_at)[0]
      return { subjectId: row.subject_id, state: row.state, error: row.last_error }
    }
  }

  async function makeMember(organizationId: string, userId: string): Promise<void> {
    await database.query(
      `insert into memberships (tenant_id, user_id, role_id)
         select $1, $2, id from roles where tenant_id = $1 and slug = 'member'
         on conflict do nothing`,
      [organizationId, userId],
    )
  }

  async function now(): Promise<Date> {
    return (await database.query('select now()')).rows[0].now
  }

  async function realmExists(organizationId: string): Promise<boolean> {
    const answer = await fetch(`${real.keycloak}/realms/live-org-${organizationId}`)
    await answer.body?.cancel()
    return answer.status === 200
  }
})

const wrong = (isWrong: boolean, text: string): string[] => (isWrong ? [text] : [])

function withDatabase(superuserUrl: string): string {
  const url = new URL(superuserUrl)
  url.pathname = '/authstack_live'
  return url.href
}
