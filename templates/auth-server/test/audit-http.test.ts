import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { instance, withoutRequestId } from './support/identity.ts'
import { call, must } from './support/instance.ts'
import { cannotOperate, operate, operatorToken } from './support/operate.ts'
import { createOrganization, type Person, signUp, tokenFor } from './support/person.ts'

const site = instance as NonNullable<typeof instance>

// biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape.
type Body = any

describe('audit trails over HTTP', { skip: !instance && 'no instance' }, () => {
  let owner: Person
  let stranger: Person
  let organization: string
  let foreign: string
  let token: string

  before(async () => {
    ;[owner, stranger] = await Promise.all([signUp(site, 'audited'), signUp(site, 'not-audited')])
    organization = await createOrganization(site, owner, 'Audited')
    foreign = await createOrganization(site, stranger, 'Foreign')
    token = await tokenFor(site, owner, organization)
  })

  const trail = async (query = ''): Promise<Body[]> => {
    const path = `/organizations/${organization}/audit-events${query}`
    return (await must(site, 200, 'GET', path, { token })).body.data
  }
  /** The newest event that fits, once the sequencer has given it its place; with how long that took. */
  async function chained(action: string, since: number): Promise<{ event: Body; took: number }> {
    for (let tries = 0; tries < 100; tries++) {
      const [event] = await trail(`?action=${action}&from=${new Date(since - 1000).toISOString()}`)
      if (event?.seq) return { event, took: Date.now() - since }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`${action} was not chained within 5 s`)
  }

  test('an event is there at once, and has its place and its sealed address within a second', async () => {
    const since = Date.now()
    await must(site, 200, 'PATCH', `/organizations/${organization}`, {
      token,
      body: { name: 'Audited anew' },
      headers: { 'User-Agent': 'Suite/1.0' },
    })
    const [atOnce] = await trail('?action=organization.updated')
    assert.equal(atOnce?.actor.id, owner.userId)
    const { event, took } = await chained('organization.updated', since)
    assert.ok(took < 1500, `${took} ms`)
    assert.deepEqual([event.id, event.userAgent], [atOnce.id, 'Suite/1.0'])
    assert.match(event.ip, /^[\d.:a-f]+$/)
  })

  test("a member's sign-ins, good and bad, are in the trail of their organization and of no other", async () => {
    const since = Date.now()
    const body = { email: owner.email, password: 'certainly not this one' }
    await must(site, 401, 'POST', '/auth/login', { body })
    await must(site, 200, 'POST', '/auth/login', { body: { ...body, password: owner.password } })
    for (const action of ['login.failed', 'login.succeeded']) {
      const { event } = await chained(action, since)
      assert.deepEqual(
        [event.actor, event.target, event.data],
        [{ kind: 'user', id: owner.userId }, { kind: 'user', id: owner.userId }, {}],
      )
    }
    const strangerToken = await tokenFor(site, stranger, foreign)
    const path = `/organizations/${foreign}/audit-events?actor=${owner.userId}`
    const { body: other } = await must(site, 200, 'GET', path, { token: strangerToken })
    assert.deepEqual(other.data, [])
  })

  test('a foreign trail and none at all are the same 404', async () => {
    const [theirs, absent] = await Promise.all(
      [foreign, randomUUID()].map((id) =>
        call(site, 'GET', `/organizations/${id}/audit-events`, { token }),
      ),
    )
    assert.deepEqual([theirs?.status, absent?.status], [404, 404])
    assert.deepEqual(withoutRequestId(theirs?.body), withoutRequestId(absent?.body))
    // Their id as the cursor or as a filter opens nothing either.
    assert.deepEqual(await trail(`?actor=${stranger.userId}`), [])
  })

  test('filters that are none are refused by name', async () => {
    for (const [query, pointer] of [
      ['?action=Member%25', '/query/action'],
      ['?actor=somebody', '/query/actor'],
      ['?from=yesterday', '/query/from'],
      ['?after=bm8', '/query/after'],
      ['?organization=x', '/query'],
    ]) {
      const { status, body } = await call(
        site,
        'GET',
        `/organizations/${organization}/audit-events${query}`,
        { token },
      )
      assert.equal(status, 400, query)
      assert.ok(
        body.errors.some((error: Body) => error.pointer.startsWith(pointer)),
        JSON.stringify(body.errors),
      )
    }
  })

  test('pages follow each other without a gap', async () => {
    const whole = await trail('?limit=100')
    const seen: string[] = []
    let after = ''
    do {
      const path = `/organizations/${organization}/audit-events?limit=2${after}`
      const { body } = await must(site, 200, 'GET', path, { token })
      seen.push(...body.data.map(({ id }: Body) => id))
      after = body.page.nextCursor ? `&after=${body.page.nextCursor}` : ''
    } while (after)
    assert.deepEqual(
      seen,
      whole.map(({ id }) => id),
    )
  })

  describe('for operators', {
    skip: cannotOperate || (!site?.pgSuperuserUrl && 'no superuser of the cluster'),
  }, () => {
    let staff: string
    let client: pg.Client
    before(async () => {
      staff = await operatorToken()
      const url = new URL(String(site.pgSuperuserUrl))
      url.pathname = '/authstack_live'
      client = new pg.Client({ connectionString: url.href })
      await client.connect()
    })
    after(() => client?.end())
    const ask = (path: string) => operate(staff, 'GET', `/audit/${path}`)
    /** The newest event of the operators' trail that fits, from this test on. */
    async function newest(action: string, since: number): Promise<Body> {
      const from = new Date(since - 1000).toISOString()
      for (let tries = 0; tries < 100; tries++) {
        const { body } = await ask(`events?action=${action}&from=${from}&limit=1`)
        if (body.data[0]) return body.data[0]
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error(`${action} did not come to the operators' trail within 5 s`)
    }

    test('a trail is whole until somebody with every right in the database edits it', async () => {
      const whole = await ask(`verify?organization=${organization}`)
      assert.deepEqual([whole.status, whole.body.isWhole, whole.body.faults], [200, true, []])
      const { rows } = await client.query(
        `select data::text from audit_events where tenant_id = $1 and action = 'organization.updated'`,
        [organization],
      )
      await client.query(
        `update audit_events set data = '{"forged": true}' where tenant_id = $1
         and action = 'organization.updated'`,
        [organization],
      )
      const { body } = await ask(`verify?organization=${organization}`)
      assert.deepEqual(
        [body.isWhole, body.faults.map(({ kind }: Body) => kind)],
        [false, ['event_edited']],
      )
      await client.query(
        `update audit_events set data = $2 where tenant_id = $1 and action = 'organization.updated'`,
        [organization, rows[0].data],
      )
      assert.equal((await ask(`verify?organization=${organization}`)).body.isWhole, true)
    })

    test('a tail that is cut is found, because its end was written down outside', async () => {
      const id = await createOrganization(site, stranger, 'Cut')
      // Heads are written within five seconds.
      await new Promise((resolve) => setTimeout(resolve, 6_500))
      for (const table of ['audit_links', 'audit_events']) {
        await client.query(
          `create temp table kept_${table} as select * from ${table} where tenant_id = '${id}'`,
        )
        await client.query(`delete from ${table} where tenant_id = $1`, [id])
      }
      const { status, body } = await ask(`verify?organization=${id}`)
      // Nothing is left of the trail, so it is on no list; its organization still is.
      assert.deepEqual([status, body.isWhole ?? null], [200, false], JSON.stringify(body))
      assert.deepEqual(
        body.faults.map(({ kind }: Body) => kind),
        ['tail_missing'],
      )
      // Put back, so that whoever verifies this instance after us finds it whole.
      for (const table of ['audit_events', 'audit_links'])
        await client.query(`insert into ${table} select * from kept_${table}`)
      const again = await ask(`verify?organization=${id}`)
      assert.deepEqual(again.body.faults, [])
    })

    test('the trails, their heads and the key that signs them', async () => {
      const { body } = await ask('trails')
      assert.match(body.publicKey, /^-----BEGIN PUBLIC KEY-----/)
      const own = body.data.find(({ id }: Body) => id === organization)
      assert.equal(own.organization.name, 'Audited anew')
      assert.equal(own.retentionDays, 365)
      assert.match(own.head.hash, /^[0-9a-f]{64}$/)
      assert.equal(body.data[0].organization, null, 'the operators’ own comes first')
    })

    test('an export has every link in order, and is itself on the operators’ trail', async () => {
      const since = Date.now()
      const first = await ask(`export?organization=${organization}&limit=2`)
      assert.deepEqual(
        first.body.data.map(({ seq }: Body) => seq),
        [1, 2],
      )
      const next = await ask(`export?organization=${organization}&limit=2&after=2`)
      assert.equal(next.body.data[0].previousHash, first.body.data[1].hash)
      const event = await newest('operator.audit.exported', since)
      assert.deepEqual([event.data.trail, event.actor.kind], [organization, 'operator'])
    })

    test('a person whom nobody knows is on the operators’ trail only', async () => {
      const email = `${randomUUID()}@example.com`
      const since = Date.now() + 1000
      await must(site, 401, 'POST', '/auth/login', { body: { email, password: 'whatever it is' } })
      const event = await newest('login.failed', since)
      assert.deepEqual([event.actor.id, event.target], [null, null])
      assert.ok(!JSON.stringify(event).includes(email))
    })

    test('an organization that is none is 404, and test mode has trails of its own', async () => {
      assert.equal((await ask(`verify?organization=${randomUUID()}`)).status, 404)
      assert.equal((await ask(`verify?organization=${organization}&mode=test`)).status, 404)
      assert.equal((await ask('verify?mode=test')).status, 200)
    })
  })
})
