import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { superuserUrl } from './support/instance.ts'
import { mode, openTenantWorld, type TenantWorld } from './support/tenant-world.ts'

const superuser = superuserUrl()

describe('changes that decide access', {
  skip: !superuser && 'no PostgreSQL: set AUTHSTACK_PG_SUPERUSER_URL',
}, () => {
  let world: TenantWorld
  let heard: string[] = []
  before(async () => {
    world = await openTenantWorld(superuser as string)
    const feed = world.db.accessFeed(mode, {
      changed: (payload) => void heard.push(payload),
      missed: () => {},
    })
    // Without the connection that only listens: what is heard now, the writing connections heard.
    await feed.stop()
  })
  after(() => world?.close())

  /** What was heard by the very moment at which the write was answered. */
  async function during(write: () => Promise<unknown>): Promise<string[]> {
    // Other connections of the pool echo the change before; that is not what is asked.
    await sleep(30)
    heard = []
    await write()
    return [...new Set(heard)].sort()
  }

  test('are heard by the process that writes before its write is answered', async () => {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    const hub = () => world.db.hubQuery(mode)
    const tenant = (sql: string) =>
      world.db.tenantTransaction(mode, id, (trx) => trx.raw(sql, { id, user: owner.id }))
    await hub()('api_keys').insert({
      id: 'abcdefgh',
      kind: 'native',
      name: 'test',
      key_hash: Buffer.alloc(32, 7),
    })
    const [{ id: session }] = await hub()('sessions')
      .insert({ user_id: owner.id, key_id: 'abcdefgh', expires_at: '2099-01-01' })
      .returning('id')
    const cases: [string, () => Promise<unknown>, string[]][] = [
      ['a key', () => hub()('api_keys').update({ revoked_at: new Date() }), ['key abcdefgh']],
      [
        'a session',
        () => hub()('sessions').where({ id: session }).update({ revoked_at: new Date() }),
        [`session ${session}`],
      ],
      [
        'a session that is only seen',
        () => hub()('sessions').where({ id: session }).update({ last_seen_at: new Date() }),
        [],
      ],
      [
        'a person',
        () => hub()('users').where({ id: owner.id }).update({ state: 'disabled' }),
        [`user ${owner.id}`],
      ],
      [
        "a person's name",
        () => hub()('users').where({ id: owner.id }).update({ first_name: 'Olga' }),
        [],
      ],
      [
        'a suspension',
        () => tenant(`update memberships set status = 'suspended' where user_id = :user`),
        [`member ${id} ${owner.id}`],
      ],
      [
        'a role',
        () => tenant(`update roles set permissions = '{}' where slug = 'viewer'`),
        [`organization ${id}`],
      ],
      [
        'an organization',
        () => tenant(`update organizations set name = 'Other' where tenant_id = :id`),
        [`organization ${id}`],
      ],
      [
        'a removal',
        () => tenant(`delete from memberships where user_id = :user`),
        [`member ${id} ${owner.id}`],
      ],
    ]
    for (const [name, write, wanted] of cases) {
      // Many times: that it usually came in time would not be enough.
      const repeats = name === 'an organization' ? 50 : 1
      for (let n = 0; n < repeats; n++) assert.deepEqual(await during(write), wanted, name)
    }
  })

  test('that were rolled back are not heard', async () => {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    const said = await during(() =>
      world.db
        .tenantTransaction(mode, id, async (trx) => {
          await trx('organizations').where('tenant_id', id).update({ name: 'Never' })
          throw new Error('changed my mind')
        })
        .catch(() => {}),
    )
    assert.deepEqual(said, [])
  })
})
