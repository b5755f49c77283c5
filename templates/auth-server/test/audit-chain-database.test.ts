import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import pg from 'pg'
import { alarmOfTrail } from '../src/alerts/alarm-of-trail.ts'
import { openAuditSigner } from '../src/audit/audit-signer.ts'
import { findEvents } from '../src/audit/find-events.ts'
import { type HeadsFile, openHeadsFile } from '../src/audit/heads-file.ts'
import { keepRetention } from '../src/audit/keep-retention.ts'
import { genesisHash, linkHash, OPERATORS_TRAIL } from '../src/audit/link-hash.ts'
import { readTrail } from '../src/audit/read-trail.ts'
import { recordEvent } from '../src/audit/record-event.ts'
import { sequenceRound } from '../src/audit/sequence-round.ts'
import { verifyAll } from '../src/audit/verify-all.ts'
import type { StoredLink } from '../src/audit/verify-chain.ts'
import { verifyTrail } from '../src/audit/verify-trail.ts'
import { recordHubEvent } from '../src/auth/record-hub-event.ts'
import { superuserUrl } from './support/instance.ts'
import { mode, openTenantWorld, type TenantWorld } from './support/tenant-world.ts'

const superuser = superuserUrl()

describe('the audit chain', {
  skip: !superuser && 'no PostgreSQL: set AUTHSTACK_PG_SUPERUSER_URL',
}, () => {
  let world: TenantWorld
  let client: pg.Client
  let folder: string
  let headsFile: HeadsFile
  let trail: string
  let person: string

  const signer = openAuditSigner(Buffer.alloc(32, 7))

  before(async () => {
    world = await openTenantWorld(superuser as string)
    folder = await mkdtemp(join(tmpdir(), 'authstack-audit-'))
    headsFile = openHeadsFile({ db: world.db, signer, log: world.services.log, folder })
    const url = new URL(superuser as string)
    url.pathname = `/${world.databaseName}`
    client = new pg.Client({ connectionString: url.href })
    await client.connect()
  })
  after(async () => {
    await headsFile?.stop()
    await client?.end()
    await world?.close()
    await rm(folder, { recursive: true, force: true })
  })
  /** A trail of its own for each test: six events of a person, chained in two batches, 1-4 and 5-6. */
  beforeEach(async () => {
    trail = randomUUID()
    person = (await world.newUser()).id
    for (let n = 1; n <= 4; n++) await record(trail, 'step.done', { n })
    await chain()
    for (let n = 5; n <= 6; n++) await record(trail, 'step.done', { n })
    await chain()
  })

  const record = (organization: string, action: string, data: Record<string, unknown> = {}) =>
    world.db.tenantTransaction(mode, organization, (trx) =>
      recordEvent(trx, organization, {
        action,
        actor: { kind: 'user', id: person },
        ip: '203.0.113.9',
        userAgent: 'Firefox',
        data,
      }),
    )

  /** As the sequencer does: round after round until nothing is left, then the heads. */
  async function chain(): Promise<void> {
    for (;;) {
      const needs = { ...world.services, signer }
      const { done, heads } = await sequenceRound(needs, mode)
      headsFile.note(mode, heads)
      if (done === 0) break
    }
    await headsFile.flush()
  }

  const verify = (file: Pick<HeadsFile, 'read'> = headsFile) =>
    verifyTrail({ db: world.db, signer, headsFile: file }, mode, trail)
  /** Whoever has the database alone, without the heads file. */
  const blind = { read: async () => [] }
  const kinds = async (file?: Pick<HeadsFile, 'read'>) =>
    (await verify(file)).faults.map(({ kind, seq }) => `${kind} ${seq ?? '-'}`)
  const read = async () =>
    (await readTrail(world.db, mode, trail, { after: 0, limit: 100 })) as StoredLink[]

  test('a trail that nobody touched is whole, and every event has its place', async () => {
    const { checked, head, faults } = await verify()
    assert.deepEqual({ checked, seq: head?.seq, faults }, { checked: 6, seq: 6, faults: [] })
    const links = await read()
    assert.deepEqual(
      links.map((link) => (link.event.data as { n: number }).n),
      [1, 2, 3, 4, 5, 6],
    )
    assert.equal(links[0]?.previousHash, genesisHash(mode, trail))
  })

  test('the hash is what another program computes from the same facts', async () => {
    const [link] = await read()
    const { event, seq, previousHash, sealedHash } = link as StoredLink
    const text =
      `{"chain":"${trail}","event":{"action":"step.done","actorId":"${person}","actorKind":"user",` +
      `"createdAt":"${event.createdAt}","data":{"n":1},"id":"${event.id}","requestId":null,` +
      `"targetId":null,"targetKind":null},"previousHash":"${previousHash}",` +
      `"sealedHash":"${sealedHash}","seq":${seq},"v":1}`
    assert.equal(createHash('sha256').update(text).digest('hex'), link?.hash)
  })

  test('an edited event is found', async () => {
    await client.query(
      `update audit_events set data = '{"n": 99}' where tenant_id = $1 and data = '{"n": 3}'`,
      [trail],
    )
    assert.deepEqual(await kinds(blind), ['event_edited 3'])
  })

  test('an edited event whose own hash was computed again breaks the link after it', async () => {
    const third = (await read())[2] as StoredLink
    await client.query(
      `update audit_events set data = '{"n": 99}' where tenant_id = $1 and id = $2`,
      [trail, third.event.id],
    )
    const [, , edited] = await read()
    const { hash: _hash, sealed: _sealed, signature: _signature, ...parts } = edited as StoredLink
    const { chain: id, seq, previousHash, sealedHash, event } = parts
    const hash = linkHash({ chain: id, seq, previousHash, sealedHash, event })
    await client.query('update audit_links set hash = $2 where tenant_id = $1 and seq = 3', [
      trail,
      Buffer.from(hash, 'hex'),
    ])
    assert.deepEqual(await kinds(blind), ['chain_broken 4'])
  })

  test('each covered column counts', async () => {
    const changes = [
      `action = 'other'`,
      `actor_kind = 'system'`,
      `actor_id = gen_random_uuid()`,
      `target_kind = 'user', target_id = 'x'`,
      `request_id = 'other'`,
      `created_at = created_at + interval '1 microsecond'`,
    ]
    for (const change of changes) {
      await client.query('begin')
      await client.query(
        `update audit_events set ${change} where tenant_id = $1 and data = '{"n": 2}'`,
        [trail],
      )
      await client.query('commit')
      assert.ok((await kinds(blind)).length > 0, change)
      trail = randomUUID()
      for (let n = 1; n <= 2; n++) await record(trail, 'step.done', { n })
      await chain()
    }
  })

  test('an event that was deleted in the middle is found, with or without its link', async () => {
    await client.query(`delete from audit_events where tenant_id = $1 and data = '{"n": 3}'`, [
      trail,
    ])
    assert.deepEqual(await kinds(blind), ['event_missing 3'])
    await client.query(`delete from audit_links where tenant_id = $1 and seq = 3`, [trail])
    assert.deepEqual(await kinds(blind), ['links_missing 4'])
  })

  test('two events that changed places are found', async () => {
    await client.query(
      `update audit_links l set event_id = other.event_id
       from audit_links other
       where l.tenant_id = $1 and other.tenant_id = $1
         and ((l.seq = 2 and other.seq = 4) or (l.seq = 4 and other.seq = 2))`
        .replace(
          'update audit_links l',
          'alter table audit_links drop constraint audit_links_tenant_id_event_id_key; update audit_links l',
        )
        .replaceAll('$1', `'${trail}'`),
    )
    assert.deepEqual(await kinds(blind), ['event_edited 2', 'event_edited 4'])
    await client.query(
      `delete from audit_links where tenant_id = '${trail}';
       alter table audit_links add unique (tenant_id, event_id)`,
    )
  })

  test('a tail that was cut is found by the heads that are kept outside the database', async () => {
    await cutTail(4)
    assert.deepEqual(await kinds(blind), [], 'the database alone looks whole')
    assert.deepEqual(await kinds(), ['tail_missing -'])
    // And what is written afterwards does not cover it up.
    await record(trail, 'later.event')
    await record(trail, 'later.event')
    await chain()
    assert.deepEqual(await kinds(), ['chain_broken -'])
    assert.deepEqual(await kinds(blind), [])
  })

  test('a whole trail that was deleted is found', async () => {
    await cutTail(0)
    assert.deepEqual(await kinds(), ['tail_missing -'])
  })

  test('a full re-hash from one row on is found: the key that signs is not in the database', async () => {
    const links = await read()
    const third = links[2] as StoredLink
    await client.query(
      `update audit_events set data = '{"n": 99}' where tenant_id = $1 and id = $2`,
      [trail, third.event.id],
    )
    let previousHash = third.previousHash
    for (const link of (await read()).slice(2)) {
      const hash = linkHash({
        chain: trail,
        seq: link.seq,
        previousHash,
        sealedHash: link.sealedHash,
        event: link.event,
      })
      await client.query(
        'update audit_links set previous_hash = $3, hash = $4 where tenant_id = $1 and seq = $2',
        [trail, link.seq, Buffer.from(previousHash, 'hex'), Buffer.from(hash, 'hex')],
      )
      previousHash = hash
    }
    const invalid = ['signature_invalid 4', 'signature_invalid 6']
    assert.deepEqual(await kinds(blind), invalid)
    assert.deepEqual(await kinds(), [...invalid, 'chain_broken -'])
    // Without any signature it is no better.
    await client.query('update audit_links set signature = null where tenant_id = $1', [trail])
    assert.deepEqual(await kinds(blind), ['signature_invalid 6'])
  })

  test('personal data that was edited under its seal is found', async () => {
    await client.query(
      `update audit_links set sealed = sealed || '\\x00' where tenant_id = $1 and seq = 2`,
      [trail],
    )
    assert.deepEqual(await kinds(blind), ['personal_data_edited 2'])
    // With a hash to match, the link's own hash tells.
    await client.query(
      `update audit_links set sealed_hash = sha256(sealed) where tenant_id = $1 and seq = 2`,
      [trail],
    )
    assert.deepEqual(await kinds(blind), ['event_edited 2'])
  })

  test('an event that was slipped in is found', async () => {
    await client.query(
      `insert into audit_events (tenant_id, action, actor_kind, created_at)
       values ($1, 'slipped.in', 'system', now() - interval '1 hour')`,
      [trail],
    )
    await client.query('delete from audit_queue')
    assert.deepEqual(await kinds(blind), ['event_unchained -'])
  })

  test('the daily check finds the one trail that was changed, and tells the operators', async () => {
    assert.ok((await broken()).every((id) => id !== trail))
    await client.query(
      `update audit_events set action = 'other' where tenant_id = $1 and data = '{"n": 3}'`,
      [trail],
    )
    assert.ok((await broken()).includes(trail))
    const faults = (await verify()).faults
    await alarmOfTrail(world.services)(mode, { trail, faults })
    await chain()
    const page = await findEvents(world.services, mode, OPERATORS_TRAIL, {
      limit: 1,
      action: 'alert.audit_trail_changed',
    })
    assert.equal(page.data[0]?.data.trail, trail)
  })

  test('an event that still waits for its place is no fault', async () => {
    await client.query(
      `insert into audit_events (tenant_id, action, actor_kind, created_at)
       values ($1, 'late.one', 'system', now() - interval '1 hour')`,
      [trail],
    )
    assert.deepEqual(await kinds(), [])
  })

  test('retention cuts at a signed checkpoint, and the rest verifies from there', async () => {
    await age(4)
    assert.equal(await keepRetention({ db: world.db, signer }, mode, trail, 30), 4)
    assert.equal(await keepRetention({ db: world.db, signer }, mode, trail, 30), 0)
    const { checked, head, faults } = await verify()
    assert.deepEqual({ checked, seq: head?.seq, faults }, { checked: 2, seq: 6, faults: [] })
    await record(trail, 'step.done', { n: 7 })
    await chain()
    assert.deepEqual(await kinds(), [])
  })

  test('a trail that retention took whole goes on where it was', async () => {
    await age(6)
    assert.equal(await keepRetention({ db: world.db, signer }, mode, trail, 30), 6)
    await record(trail, 'step.done', { n: 7 })
    await chain()
    const { head, faults } = await verify()
    assert.deepEqual({ seq: head?.seq, faults }, { seq: 7, faults: [] })
  })

  test('a forged checkpoint is found, and so is a beginning that was cut without one', async () => {
    const fourth = (await read())[3] as StoredLink
    await client.query(
      `delete from audit_events e using audit_links l
       where l.tenant_id = $1 and l.seq <= 4 and e.tenant_id = $1 and e.id = l.event_id`,
      [trail],
    )
    await client.query('delete from audit_links where tenant_id = $1 and seq <= 4', [trail])
    assert.deepEqual(await kinds(blind), ['links_missing 5'])
    await client.query(
      `insert into audit_checkpoints (tenant_id, seq, hash, cut_before, signature)
       values ($1, 4, $2, now(), $3)`,
      [trail, Buffer.from(fourth.hash, 'hex'), Buffer.alloc(64, 1)],
    )
    assert.ok((await kinds(blind)).includes('checkpoint_invalid 4'))
  })

  test("a checkpoint of one organization is worth nothing in another's trail", async () => {
    await age(4)
    await keepRetention({ db: world.db, signer }, mode, trail, 30)
    const other = randomUUID()
    await client.query(
      `insert into audit_checkpoints (tenant_id, seq, hash, cut_before, signature)
       select $2, seq, hash, cut_before, signature from audit_checkpoints where tenant_id = $1`,
      [trail, other],
    )
    const { faults } = await verifyTrail({ db: world.db, signer, headsFile: blind }, mode, other)
    assert.deepEqual(
      faults.map(({ kind }) => kind),
      ['checkpoint_invalid'],
    )
  })

  test('no address or user agent is in the trail in the clear, and the owner still sees them', async () => {
    const { rows } = await client.query(
      `select e::text || l::text as text from audit_events e
       join audit_links l on l.tenant_id = e.tenant_id and l.event_id = e.id where e.tenant_id = $1`,
      [trail],
    )
    assert.equal(rows.length, 6)
    for (const { text } of rows) assert.doesNotMatch(text, /203\.0\.113\.9|Firefox/)
    const page = await findEvents(world.services, mode, trail, { limit: 10 })
    assert.deepEqual(
      page.data.map(({ ip, userAgent, seq }) => ({ ip, userAgent, seq })),
      [6, 5, 4, 3, 2, 1].map((seq) => ({ ip: '203.0.113.9', userAgent: 'Firefox', seq })),
    )
  })

  test("with the person's key gone their data is unreadable and the chain is whole", async () => {
    await world.db.hubQuery(mode)('person_keys').where('user_id', person).delete()
    const page = await findEvents(world.services, mode, trail, { limit: 10 })
    assert.deepEqual(new Set(page.data.map(({ ip }) => ip)), new Set([null]))
    assert.deepEqual(await kinds(), [])
  })

  test('a process that dies between the chain and the queue chains nothing twice', async () => {
    await record(trail, 'step.done', { n: 7 })
    const { rows } = await client.query('select * from audit_queue')
    await chain()
    for (const row of rows) {
      await client.query(
        `insert into audit_queue (source, organization_id, event_id) values ($1, $2, $3)`,
        [row.source, row.organization_id, row.event_id],
      )
    }
    await chain()
    const { rows: left } = await client.query('select id from audit_queue')
    assert.deepEqual(left, [], 'and the queue does not stop at it')
    assert.equal((await read()).length, 7)
    assert.deepEqual(await kinds(), [])
  })

  test('two processes at once make one chain', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, n) => record(trail, 'step.done', { n: n + 7 })),
    )
    await Promise.all([chain(), chain(), chain()])
    await chain()
    assert.equal((await read()).length, 36)
    assert.deepEqual(await kinds(), [])
  })

  test('a sign-in reaches the trail of every organization of the person, and tells none of another', async () => {
    const someone = (await world.newUser()).id
    const mine = await world.newOrganization(someone)
    const other = await world.newOrganization(someone)
    const strangers = await world.newOrganization((await world.newUser()).id)
    const context = { ip: '198.51.100.7', requestId: 'r', key: { id: 'keyid123' } }
    const hub = world.db.hubQuery(mode)
    await recordHubEvent(hub, context, 'login.succeeded', someone, { organizationId: other })
    await recordHubEvent(hub, context, 'login.failed', null)
    await chain()
    const actions = async (id: string) =>
      (await findEvents(world.services, mode, id, { limit: 50 })).data.filter(({ action }) =>
        action.startsWith('login.'),
      )
    const [inMine, inOther] = [await actions(mine), await actions(other)]
    assert.deepEqual(
      inMine.map(({ action, actor, ip, data }) => ({ action, actor, ip, data })),
      [
        {
          action: 'login.succeeded',
          actor: { kind: 'user', id: someone },
          ip: '198.51.100.7',
          data: {},
        },
      ],
    )
    assert.equal(inOther.length, 1)
    assert.notEqual(inMine[0]?.id, inOther[0]?.id)
    assert.deepEqual(await actions(strangers), [])
    const operators = await actions(OPERATORS_TRAIL)
    assert.deepEqual(
      operators.slice(0, 2).map(({ action, data }) => ({ action, data })),
      [
        { action: 'login.failed', data: { keyId: 'keyid123' } },
        { action: 'login.succeeded', data: { keyId: 'keyid123', organizationId: other } },
      ],
    )
  })

  test('filters narrow by action, kind, actor and time, by an index that leads with the trail', async () => {
    await record(trail, 'member.removed')
    await record(trail, 'member_key.made')
    await chain()
    const count = async (query: object) =>
      (await findEvents(world.services, mode, trail, { limit: 50, ...query })).data.length
    assert.equal(await count({}), 8)
    assert.equal(await count({ action: 'member.removed' }), 1)
    assert.equal(await count({ action: 'member.*' }), 1)
    assert.equal(await count({ actor: person }), 8)
    assert.equal(await count({ actor: randomUUID() }), 0)
    assert.equal(await count({ actor: 'operator' }), 0)
    assert.equal(await count({ from: new Date(Date.now() + 60_000).toISOString() }), 0)
    assert.equal(await count({ to: new Date(Date.now() + 60_000).toISOString() }), 8)
    for (const [column, value] of [
      ['actor_id', person],
      ['action', 'member.removed'],
    ]) {
      const { rows } = await client.query(
        `explain select id from audit_events where tenant_id = '${trail}' and ${column} = '${value}'
         order by created_at desc, id limit 51`,
      )
      assert.match(JSON.stringify(rows), /Index (Only )?(Scan|Cond)/)
    }
  })

  async function broken(): Promise<string[]> {
    const found = await verifyAll({ db: world.db, signer, headsFile }, mode)
    return found.map((one) => one.trail)
  }

  async function cutTail(after: number): Promise<void> {
    await client.query(
      `delete from audit_events e using audit_links l
       where l.tenant_id = $1 and l.seq > $2 and e.tenant_id = $1 and e.id = l.event_id`,
      [trail, after],
    )
    await client.query('delete from audit_links where tenant_id = $1 and seq > $2', [trail, after])
  }

  /** Makes a trail whose first `count` events are 60 days old: they are written so, then chained. */
  async function age(count: number): Promise<void> {
    trail = randomUUID()
    for (let n = 1; n <= 6; n++) {
      await client.query(
        `insert into audit_events (tenant_id, action, actor_kind, data, created_at)
         values ($1, 'step.done', 'system', $2, now() - $3::interval)`,
        [trail, JSON.stringify({ n }), n <= count ? '60 days' : '1 day'],
      )
    }
    await chain()
  }
})
