import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { instance } from './support/identity.ts'
import { type Call, call } from './support/instance.ts'
import { createOrganization, type Person, signUp, tokenFor } from './support/person.ts'
import { openPostgresProxy, type PostgresProxy } from './support/postgres-proxy.ts'
import { cannotStartApi, type OwnApi, startApi } from './support/start-api.ts'

const site = instance as NonNullable<typeof instance>

describe('the hot path', { skip: cannotStartApi(instance) }, () => {
  let database: PostgresProxy
  let keycloak: PostgresProxy
  let api: OwnApi
  let person: Person
  let organizationId: string
  let how: Call

  before(async () => {
    database = await openPostgresProxy({ port: Number(new URL(String(site.pgSuperuserUrl)).port) })
    keycloak = await openPostgresProxy({ port: Number(new URL(String(site.keycloak)).port) })
    api = await startApi(site, {
      env: {
        AUTHSTACK_PG_PORT: String(database.port),
        AUTHSTACK_KEYCLOAK_URL: `http://127.0.0.1:${keycloak.port}`,
        // Redis is away for all of this suite: no request may need it.
        AUTHSTACK_REDIS_URL: 'redis://127.0.0.1:1',
      },
    })
    person = await signUp(site, 'hot-path')
    organizationId = await createOrganization(site, person, 'Hot path')
    how = { token: await tokenFor(site, person, organizationId) }
  })
  after(async () => {
    await api?.stop()
    await Promise.all([database?.close(), keycloak?.close()])
  })

  const ask = (path: string, other: Call = how) =>
    call(api.instance, 'GET', `/organizations/${organizationId}${path}`, other)
  /** Reads rows of the tenant. */
  const list = () => ask('/members')
  /** Needs key, token, session, membership and nothing more. */
  const authorise = () => ask('/permissions')

  async function warm() {
    for (let n = 0; n < 5; n++) assert.equal((await list()).status, 200)
  }

  test('a warm read of a tenant is one round trip to PostgreSQL, a warm authorisation none', async () => {
    await warm()
    // So slow that nothing of a second trip could be taken for the first.
    database.delayMilliseconds = 15
    const trips = async (request: () => Promise<{ status: number }>) => {
      const counts: number[] = []
      for (let n = 0; n < 15; n++) {
        const before = countOfRequests()
        assert.equal((await request()).status, 200)
        counts.push(countOfRequests() - before)
      }
      return counts
    }
    // The hub's connections also serve what runs by itself; the tenant's serve requests only.
    const countOfRequests = () => database.roundTrips('authstack-tenant')
    const countOfHub = () => database.roundTrips('authstack-hub')
    const hubBefore = countOfHub()
    const reads = await trips(list)
    const authorisations = await trips(authorise)
    const hub = countOfHub() - hubBefore
    database.delayMilliseconds = 0
    assert.deepEqual(new Set(reads), new Set([1]))
    assert.deepEqual(new Set(authorisations), new Set([0]))
    // Thirty requests: one that asked the hub would show thirty times.
    assert.ok(hub < 15, `${hub} round trips of the hub`)
  })

  test('PostgreSQL slowed by 200 ms: shed within 500 ms, warm authorisation unaffected, well within 2 s', async () => {
    await warm()
    database.delayMilliseconds = 200
    const answers: { status: number; took: number; retryAfter: string | null }[] = []
    const authorised: number[] = []
    const timed = async (request: () => ReturnType<typeof call>) => {
      const startedAt = performance.now()
      const { status, headers } = await request()
      return { status, took: performance.now() - startedAt, retryAfter: headers.get('retry-after') }
    }
    const waiting: Promise<unknown>[] = []
    for (let round = 0; round < 15; round++) {
      for (let n = 0; n < 8; n++) waiting.push(timed(list).then((answer) => answers.push(answer)))
      waiting.push(
        timed(authorise).then(({ status, took }) => {
          assert.equal(status, 200)
          authorised.push(took)
        }),
      )
      await sleep(100)
    }
    await Promise.all(waiting)
    database.delayMilliseconds = 0
    const mendedAt = performance.now()

    const shed = answers.filter(({ status }) => status === 503)
    const served = answers.filter(({ status }) => status === 200)
    assert.equal(shed.length + served.length, answers.length)
    assert.ok(shed.length > 20 && served.length > 5, `${shed.length} shed, ${served.length} served`)
    for (const { took, retryAfter } of shed) {
      assert.ok(took <= 500, `shed after ${took} ms`)
      assert.ok(Number(retryAfter) >= 1)
    }
    const slowest = Math.max(...authorised)
    assert.ok(slowest < 150, `an authorisation took ${slowest} ms`)

    let good = 0
    while (good < 3) {
      const round = await Promise.all(Array.from({ length: 8 }, list))
      good = round.every(({ status }) => status === 200) ? good + 1 : 0
      assert.ok(performance.now() - mendedAt < 2000, 'it has not recovered')
    }
  })

  test('tokens that are issued go on working while Keycloak and Redis are away', async () => {
    await warm()
    const next = { token: await tokenFor(site, person, organizationId) }
    keycloak.refuse(true)
    try {
      assert.equal((await list()).status, 200)
      // Not seen by this process before, and of a realm whose keys it knows.
      assert.equal((await ask('/members', next)).status, 200)
    } finally {
      keycloak.refuse(false)
    }
  })

  test("what is remembered of one person, organization or key is not another one's", async () => {
    const other = await signUp(site, 'hot-other')
    const otherId = await createOrganization(site, other, 'Hot other')
    const theirs = { token: await tokenFor(site, other, otherId) }
    await warm()
    const foreign = await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        const token = n % 2 ? how : theirs
        const mine = n % 2 ? organizationId : otherId
        const wanted = n % 4 < 2 ? organizationId : otherId
        const { status } = await call(
          api.instance,
          'GET',
          `/organizations/${wanted}/members`,
          token,
        )
        return status === (wanted === mine ? 200 : 404)
      }),
    )
    assert.ok(foreign.every(Boolean))
  })
})
