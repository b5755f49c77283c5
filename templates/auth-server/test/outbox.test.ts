import assert from 'node:assert/strict'
import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Work } from '../src/db/lead.ts'
import type { Database } from '../src/db/open-database.ts'
import type { Listen } from '../src/env.ts'
import { addToOutbox } from '../src/outbox/add-to-outbox.ts'
import { startOutbox } from '../src/outbox/outbox.ts'
import type { ClaimedRow, OutboxHandler, Outcome } from '../src/outbox/outbox-handler.ts'
import { claimRow } from '../src/outbox/outbox-rows.ts'
import { readInstance, superuserUrl } from './support/instance.ts'
import { type OwnRedis, redisProgram, startOwnRedis } from './support/own-redis.ts'
import { mode, openTenantWorld, type TenantWorld } from './support/tenant-world.ts'

const superuser = superuserUrl()
const program = redisProgram(readInstance())
const done: Outcome = { done: { keep: {} } }

describe('the outbox', {
  skip: !(superuser && program) && 'no PostgreSQL or no Redis of the instance on this computer',
}, () => {
  let world: TenantWorld
  let redis: OwnRedis
  const running: { stop(): Promise<void> }[] = []
  before(async () => {
    world = await openTenantWorld(superuser as string)
    redis = await startOwnRedis(program as string)
  })
  beforeEach(async () => {
    await stopAll()
    await world.db.hubQuery(mode)('outbox').delete()
  })
  after(async () => {
    await stopAll()
    await redis?.close()
    await world?.close()
  })

  const stopAll = async () => {
    await Promise.all(running.splice(0).map((one) => one.stop()))
  }

  /** One process's worth of workers. `seen` has the ids in the order in which they were worked. */
  function start({
    work = async () => done,
    concurrency = 5,
    db = world.db,
    listen = { host: '127.0.0.1', port: 1 },
  }: {
    work?: (row: ClaimedRow) => Promise<Outcome>
    concurrency?: number
    db?: Database
    listen?: Listen
  } = {}) {
    const seen: string[] = []
    const handler: OutboxHandler = {
      kind: 'mail',
      concurrency,
      async run(_mode, row) {
        seen.push(row.id)
        return work(row)
      },
    }
    const env = { redisUrl: redis.url, project: 'outbox-test', environment: 'local', listen }
    const outbox = startOutbox({ ...world.services, db, env: { ...world.services.env, ...env } }, [
      handler,
    ])
    running.push(outbox)
    return { seen, outbox }
  }

  async function add(count: number): Promise<void> {
    await world.db.hub(mode, (trx) =>
      addToOutbox(
        trx,
        Array.from({ length: count }, (_, number) => ({
          kind: 'mail',
          schema: 1,
          payload: { number },
        })),
      ),
    )
  }

  const unsent = async (): Promise<number> => {
    const [row] = await world.db.hubQuery(mode)('outbox').whereNull('sent_at').count('* as n')
    return Number(row?.n)
  }

  async function until(what: () => Promise<boolean> | boolean, seconds = 12): Promise<void> {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(50)) {
      if (await what()) return
    }
    assert.fail(`not within ${seconds} s: ${what}`)
  }

  const isOnce = (ids: string[]) => new Set(ids).size === ids.length

  test('a committed row is worked at once, a rolled-back one never', async () => {
    const { seen } = start()
    await sleep(300)
    const startedAt = Date.now()
    await add(1)
    await until(async () => (await unsent()) === 0)
    // Well below the poll of five seconds: the NOTIFY woke it.
    assert.ok(Date.now() - startedAt < 3000, `${Date.now() - startedAt} ms`)
    await assert.rejects(
      world.db.hub(mode, async (trx) => {
        await addToOutbox(trx, [{ kind: 'mail', schema: 1, payload: {} }])
        throw new Error('rolled back')
      }),
    )
    await sleep(300)
    assert.equal(seen.length, 1)
  })

  test('two that both believe to lead work no row twice', async () => {
    // As if the lock were no lock: what a cut connection can do for a moment.
    const eager = Object.assign(Object.create(world.db), {
      lead: (_mode: string, _name: string, work: Work) => {
        const stopping = new AbortController()
        const ended = work(stopping.signal)
        return {
          async stop() {
            stopping.abort()
            await ended
          },
        }
      },
    })
    const slow = async () => {
      await sleep(5)
      return done
    }
    const both = [start({ db: eager, work: slow }), start({ db: eager, work: slow })]
    await add(300)
    await until(async () => (await unsent()) === 0)
    const seen = both.flatMap((one) => one.seen)
    assert.ok(isOnce(seen) && seen.length === 300, `${seen.length} times for 300 rows`)
  })

  test('only one of two colours works; when it drains, the other goes on where it was', async () => {
    const slow = async () => {
      await sleep(20)
      return done
    }
    const old = start({ work: slow, concurrency: 2 })
    await add(1)
    await until(() => old.seen.length === 1)
    const next = start({ work: slow, concurrency: 2 })
    await add(60)
    await until(() => old.seen.length > 10)
    assert.equal(next.seen.length, 0, 'the new colour works nothing before the old one drains')
    await old.outbox.stop()
    await until(async () => (await unsent()) === 0)
    const seen = [...old.seen, ...next.seen]
    assert.ok(next.seen.length > 0)
    assert.ok(isOnce(seen) && seen.length === 61, `${seen.length} times for 61 rows`)
  })

  test('the colour that the front points to works, while the other stays alive behind it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'colours-'))
    const pointTo = (colour: string) => {
      symlinkSync(`api-${colour}.sock`, join(folder, 'next.sock'))
      renameSync(join(folder, 'next.sock'), join(folder, 'live.sock'))
    }
    // As dev has it: what the link names is itself a link to the socket.
    writeFileSync(join(folder, 'dev-1.sock'), '')
    symlinkSync('dev-1.sock', join(folder, 'api-b.sock'))
    writeFileSync(join(folder, 'api-a.sock'), '')
    pointTo('a')
    const work = async () => {
      await sleep(10)
      return done
    }
    const [a, b] = ['api-a', 'dev-1'].map((name) =>
      start({ work, concurrency: 2, listen: { path: join(folder, `${name}.sock`) } }),
    ) as [ReturnType<typeof start>, ReturnType<typeof start>]
    await add(1)
    await until(async () => (await unsent()) === 0)
    assert.deepEqual([a.seen.length, b.seen.length], [1, 0])
    pointTo('b')
    await until(async () => {
      await add(1)
      await sleep(200)
      return b.seen.length > 0
    })
    const atFlip = a.seen.length
    pointTo('a')
    await add(60)
    await until(async () => (await unsent()) === 0)
    await sleep(1500)
    await add(10)
    await until(async () => (await unsent()) === 0)
    assert.ok(a.seen.length >= atFlip + 10, 'and back, as dev gives the instance back')
    assert.ok(isOnce([...a.seen, ...b.seen]))
    rmSync(folder, { recursive: true })
  })

  test('jobs that Redis lost (FLUSHALL) are worked all the same', async () => {
    const slow = async () => {
      await sleep(30)
      return done
    }
    const { seen } = start({ work: slow, concurrency: 1 })
    await add(30)
    await until(() => seen.length > 3)
    await redis.client().flushall()
    await until(async () => (await unsent()) === 0)
    assert.ok(isOnce(seen) && seen.length === 30)
  })

  test('with Redis down rows go out within the poll, and by the queue again when it is back', async () => {
    const { seen } = start()
    await add(1)
    await until(() => seen.length === 1)
    await redis.kill()
    await sleep(100)
    await add(20)
    await until(async () => (await unsent()) === 0, 6)
    await redis.start()
    await add(20)
    await until(async () => (await unsent()) === 0, 6)
    assert.ok(isOnce(seen) && seen.length === 41)
  })

  test('kill -9 of Redis in the middle loses nothing and repeats nothing', async () => {
    const slow = async () => {
      await sleep(20)
      return done
    }
    const { seen } = start({ work: slow, concurrency: 2 })
    await add(80)
    await until(() => seen.length > 10)
    await redis.kill()
    await sleep(300)
    await redis.start()
    await until(async () => (await unsent()) === 0, 30)
    assert.ok(isOnce(seen) && seen.length === 80, `${seen.length} times for 80 rows`)
  })

  test('a row whose process died in the middle is worked again after its minute', async () => {
    await add(1)
    const hub = world.db.hubQuery(mode)
    const { id } = await hub('outbox').first('id')
    assert.ok(await claimRow(hub, 'mail', id))
    assert.equal(await claimRow(hub, 'mail', id), null, 'nobody else gets it meanwhile')
    const { seen } = start()
    await sleep(300)
    assert.equal(seen.length, 0)
    await hub('outbox').update({ locked_until: hub.raw(`now() - interval '1 second'`) })
    await hub.raw('notify outbox')
    await until(() => seen.length === 1)
  })

  test('what failed waits its time and is tried again; what is hopeless is not', async () => {
    const outcomes: Outcome[] = [{ retry: { afterSeconds: 1, error: 'busy' } }, done]
    const { seen } = start({ work: async () => outcomes.shift() ?? { givenUp: 'no such mailbox' } })
    await add(1)
    await until(async () => (await unsent()) === 0)
    assert.equal(seen.length, 2)
    await add(1)
    const hub = world.db.hubQuery(mode)
    await until(
      async () => (await hub('outbox').whereNotNull('failed_at').first('id')) !== undefined,
    )
    const { last_error } = await hub('outbox').whereNotNull('failed_at').first('last_error')
    assert.equal(last_error, 'no such mailbox')
    assert.equal(seen.length, 3)
  })

  test('Redis holds ids and a schema number, nothing of the payload', async () => {
    const gate = Promise.withResolvers<void>()
    const work = async () => {
      await gate.promise
      return done
    }
    const { seen } = start({ concurrency: 1, work })
    // Until the queue has its connection, rows are worked without it.
    await sleep(700)
    await world.db.hub(mode, (trx) =>
      addToOutbox(
        trx,
        Array.from({ length: 3 }, () => ({
          kind: 'mail',
          schema: 1,
          payload: { to: 'planted@example.com' },
        })),
      ),
    )
    await until(() => seen.length === 1)
    const client = redis.client()
    const keys = await client.keys('outbox-test:*')
    const values = await Promise.all(
      keys.map(async (key) =>
        (await client.type(key)) === 'hash' ? JSON.stringify(await client.hgetall(key)) : '',
      ),
    )
    const jobs = values.filter((value) => value.includes('"data"'))
    gate.resolve()
    assert.ok(jobs.length >= 2, `${jobs.length} jobs in ${keys.length} keys`)
    for (const job of jobs) {
      assert.match(JSON.parse(job).data, /^\{"schema":1,"id":"[0-9a-f-]{36}"\}$/)
    }
    assert.ok(!values.join().includes('planted'))
    await until(async () => (await unsent()) === 0)
  })
})
