import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Mode } from '../src/db/mode.ts'
import { findMembership } from '../src/members/find-membership.ts'
import { countActiveUser } from '../src/subscriptions/count-active-user.ts'
import { superuserUrl } from './support/instance.ts'
import { codeOf, join } from './support/tenant-steps.ts'
import { mode, openTenantWorld, type TenantWorld } from './support/tenant-world.ts'

const superuser = superuserUrl()
const MAX = 10

describe('who signs in within a month, on a real PostgreSQL', {
  skip: !superuser && 'no PostgreSQL: set AUTHSTACK_PG_SUPERUSER_URL',
}, () => {
  let world: TenantWorld
  before(async () => {
    world = await openTenantWorld(superuser as string, {
      plans: [
        {
          id: 'free',
          name: 'Free',
          priceMonthly: 0,
          limits: { members: 100, monthlyActiveUsers: MAX },
          features: [],
        },
      ],
    })
  })
  after(() => world?.close())

  /** As if in a process of its own, which remembers nobody, unless `services` is given. */
  async function signIn(organizationId: string, userId: string, at?: Date, inMode: Mode = mode) {
    const services = { ...world.services, db: { ...world.db } }
    const membership = await findMembership(services, mode, userId, organizationId)
    if (!membership) throw new Error('no member')
    return codeOf(countActiveUser(services, inMode, userId, membership, at))
  }
  const counted = async (organizationId: string) => {
    const row = await world.db.tenantTransaction(mode, organizationId, (trx) =>
      trx('monthly_active_users').where('tenant_id', organizationId).count('* as n').first(),
    )
    return Number(row?.n)
  }
  async function newOrganization(members: number) {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    const people: string[] = []
    for (let n = 0; n < members; n++) people.push((await join(world, id, 'member')).id)
    return { id, owner, people }
  }

  test('of forty who come at the same moment, exactly as many get in as the plan has places', async () => {
    const { id, people } = await newOrganization(40)
    const codes = await Promise.all(people.map((person) => signIn(id, person)))
    assert.equal(codes.filter((code) => code === 'ok').length, MAX)
    assert.equal(codes.filter((code) => code === 'limit_reached').length, 40 - MAX)
    assert.equal(await counted(id), MAX)
    const again = await Promise.all(people.map((person) => signIn(id, person)))
    assert.deepEqual(again, codes, 'who was counted goes on, and nobody else got a place')
  })

  test('a person who signs in again and again, in many processes at once, is counted once', async () => {
    const { id, people } = await newOrganization(1)
    await Promise.all(Array.from({ length: 20 }, () => signIn(id, String(people[0]))))
    assert.equal(await counted(id), 1)
  })

  test('who may change the plan always gets in, or nobody could', async () => {
    const { id, owner, people } = await newOrganization(MAX)
    for (const person of people) assert.equal(await signIn(id, person), 'ok')
    assert.equal(await signIn(id, owner.id), 'ok')
    assert.equal(await counted(id), MAX + 1)
  })

  test('the month is the UTC calendar month', async () => {
    const { id, people } = await newOrganization(MAX + 1)
    const last = people.pop() as string
    const endOfMonth = new Date('2026-11-30T23:59:59.999Z')
    for (const person of people) await signIn(id, person, endOfMonth)
    assert.equal(await signIn(id, last, endOfMonth), 'limit_reached')
    assert.equal(await signIn(id, last, new Date('2026-12-01T00:00:00Z')), 'ok')
  })

  test('test data is not counted', async () => {
    const { id, people } = await newOrganization(MAX + 1)
    for (const person of people) assert.equal(await signIn(id, person, undefined, 'test'), 'ok')
    assert.equal(await counted(id), 0)
  })

  test('those who pay are warned at 80 and at 100 percent, once each', async () => {
    const { id, owner, people } = await newOrganization(MAX + 2)
    const mails = async () => {
      const rows = await world.db
        .hubQuery(mode)('outbox')
        .whereRaw(`payload ->> 'to' = ? and payload ->> 'template' = 'usage-warning'`, [
          owner.email,
        ])
        .orderBy('created_at')
        .select('payload')
      return rows.map(({ payload }) => payload.data.used)
    }
    const seen: number[][] = []
    for (const person of people) {
      await signIn(id, person)
      seen.push(await mails())
    }
    assert.deepEqual(
      seen.map((list) => list.join()),
      ['', '', '', '', '', '', '', '8', '8', '8,10', '8,10', '8,10'],
    )
  })

  test("one organization's people take no place of another's", async () => {
    const [ann, bo] = [await newOrganization(MAX), await newOrganization(1)]
    for (const person of ann.people) await signIn(ann.id, person)
    assert.equal(await signIn(bo.id, String(bo.people[0])), 'ok')
    assert.equal(await counted(bo.id), 1)
  })
})
