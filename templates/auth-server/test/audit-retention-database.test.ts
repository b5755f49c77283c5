import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { OPERATORS_TRAIL } from '../src/audit/link-hash.ts'
import { listTrails } from '../src/audit/list-trails.ts'
import { retentionDays } from '../src/audit/retention-days.ts'
import { superuserUrl } from './support/instance.ts'
import { mode, openTenantWorld, type TenantWorld } from './support/tenant-world.ts'

const superuser = superuserUrl()
const plan = { name: 'x', priceMonthly: 0, limits: {}, features: [] }

describe('how long a trail is kept', {
  skip: !superuser && 'no PostgreSQL: set AUTHSTACK_PG_SUPERUSER_URL',
}, () => {
  let world: TenantWorld
  before(async () => {
    world = await openTenantWorld(superuser as string, {
      audit: { retentionDays: 90 },
      plans: [
        { ...plan, id: 'free' },
        { ...plan, id: 'long', auditRetentionDays: 1095 },
      ],
    })
  })
  after(() => world?.close())

  const days = (trail: string) => retentionDays(world.services, mode, trail)

  test('as the plan says, else as the settings say; the operators’ by the settings', async () => {
    const organization = await world.newOrganization((await world.newUser()).id)
    assert.equal(await days(organization), 90)
    await world.db.tenantTransaction(mode, organization, (trx) =>
      trx('organizations').update({ plan: 'long' }),
    )
    assert.equal(await days(organization), 1095)
    assert.equal(await days(OPERATORS_TRAIL), 90)
  })

  test('a trail whose organization is gone is kept as the settings say, and is still on the list', async () => {
    const gone = randomUUID()
    assert.equal(await days(gone), 90)
    await world.db.tenantTransaction(mode, gone, (trx) =>
      trx('audit_links').insert({
        tenant_id: gone,
        seq: 1,
        event_id: randomUUID(),
        previous_hash: Buffer.alloc(1),
        hash: Buffer.alloc(1),
      }),
    )
    const lost = randomUUID()
    const headsFile = { chains: async () => [lost] }
    const trails = await listTrails({ db: world.db, headsFile }, mode)
    const ids = trails.map(({ id }) => id)
    assert.equal(ids[0], OPERATORS_TRAIL)
    assert.ok(ids.includes(gone) && ids.includes(lost))
    assert.equal(new Set(ids).size, ids.length)
  })
})
