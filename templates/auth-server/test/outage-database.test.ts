import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { superuserUrl } from './support/instance.ts'
import { mode, openTenantWorld, type TenantWorld } from './support/tenant-world.ts'

const superuser = superuserUrl()

describe('an outage of PostgreSQL', {
  skip: !superuser && 'no PostgreSQL: set AUTHSTACK_PG_SUPERUSER_URL',
}, () => {
  let world: TenantWorld
  before(async () => {
    world = await openTenantWorld(superuser as string)
  })
  after(() => world?.close())

  /** What a crash does to every open connection. */
  async function cutConnections(): Promise<void> {
    const client = new pg.Client({ connectionString: superuser as string })
    await client.connect()
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = $1 and application_name like 'authstack-%'`,
      [world.databaseName],
    )
    await client.end()
  }

  test('the next request after it works, in every pool, without a restart', async () => {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    const everything = () =>
      Promise.all([
        world.db.hubQuery(mode)('users').where('id', owner.id).first('id'),
        world.db.tenantTransaction(mode, id, (trx) => trx('organizations').first('name')),
        world.db.tenantRead(mode, id, (knex) => knex('organizations').select('name')),
        world.db.operator(mode, (trx) => trx('users').where('id', owner.id).first('id')),
      ])
    await everything()
    for (let round = 0; round < 3; round++) {
      await cutConnections()
      // The sockets need a moment to hear of it; a request in that moment may fail, none hangs.
      await new Promise((resolve) => setTimeout(resolve, 100))
      const [user, organization, [read], seen] = await everything()
      assert.equal(user.id, owner.id)
      assert.equal(organization?.name, 'Acme')
      assert.deepEqual(read, { name: 'Acme' })
      assert.equal(seen?.id, owner.id)
    }
  })

  test('NOTIFY is heard again after the connection was lost', async () => {
    let heard = 0
    const listener = world.db.listen(mode, 'outbox', () => {
      heard++
    })
    const notify = () => world.db.hubQuery(mode).raw('notify outbox')
    const until = async (count: number) => {
      for (const end = Date.now() + 8_000; heard < count && Date.now() < end; ) {
        await notify()
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      assert.ok(heard >= count)
    }
    await until(1)
    await cutConnections()
    await new Promise((resolve) => setTimeout(resolve, 100))
    await until(heard + 1)
    await listener.stop()
  })

  test('reads of many tenants at once, some of them failing, never mix', async () => {
    const owners = await Promise.all(Array.from({ length: 5 }, () => world.newUser()))
    const ids = await Promise.all(owners.map((owner) => world.newOrganization(owner.id)))
    const results = await Promise.all(
      Array.from({ length: 500 }, async (_, n) => {
        const id = ids[n % ids.length] as string
        if (n % 7 === 0) {
          await assert.rejects(world.db.tenantRead(mode, id, (knex) => knex.raw('select 1/0')))
          return true
        }
        const rows = await world.db.tenantRead<{ tenant_id: string }>(mode, id, (knex) =>
          knex('organizations').select('tenant_id'),
        )
        return rows.length === 1 && rows[0]?.tenant_id === id
      }),
    )
    assert.ok(results.every(Boolean))
  })
})
