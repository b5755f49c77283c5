import { LRUCache } from 'lru-cache'
import type { Mode } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'
import type { Membership } from '../members/membership.ts'
import type { Services } from '../services.ts'
import { limitReached } from './limit-reached.ts'
import { readEntitlements } from './read-entitlements.ts'
import { warnOfUse } from './warn-of-use.ts'

type Needs = Pick<Services, 'db' | 'settings' | 'masterKey'>

/** Whom this process knows to be counted; one row a person and month, so asking again tells nothing. */
const counted = new WeakMap<Database, LRUCache<string, true>>()
const COUNTED_MAX = 50_000

/**
 * Counts a person who signs in to an organization, once in a UTC calendar month; only live data counts.
 *
 * Over the plan's `monthlyActiveUsers` whoever was counted this month goes on, and others are refused
 * with 409 `limit_reached`, not silently. Who may change the plan always gets in: else nobody could.
 */
export async function countActiveUser(
  services: Needs,
  mode: Mode,
  userId: string,
  membership: Membership,
  now: Date = new Date(),
): Promise<void> {
  if (mode !== 'live') return
  const organizationId = membership.organization.id
  const month = `${now.toISOString().slice(0, 7)}-01`
  const known = knownOf(services.db)
  const key = `${month} ${organizationId} ${userId}`
  if (known.has(key)) return
  const row = { tenant_id: organizationId, month, user_id: userId }
  await services.db.tenantTransaction(mode, organizationId, async (trx) => {
    const table = () => trx('monthly_active_users')
    if (await table().where(row).first('user_id')) return
    // Locked before the count: of two people at the same moment, one gets the last place.
    const { limits } = await readEntitlements(services.settings, trx, organizationId, {
      lock: true,
    })
    const max = limits.monthlyActiveUsers
    if (max !== null) {
      const taken = Number(
        (await table().where({ tenant_id: organizationId, month }).count('* as n').first())?.n,
      )
      if (taken >= max && !membership.permissions.includes('billing:edit')) {
        throw limitReached(
          'monthlyActiveUsers',
          max,
          `${membership.organization.name} has reached the ${max} people of its plan for this month. Ask whoever pays for it.`,
        )
      }
      await warnOfUse(services, trx, membership.organization, {
        month,
        limit: 'monthlyActiveUsers',
        used: taken + 1,
        max,
      })
    }
    await table().insert(row).onConflict().ignore()
  })
  known.set(key, true)
}

function knownOf(db: Database): LRUCache<string, true> {
  const known = counted.get(db) ?? new LRUCache<string, true>({ max: COUNTED_MAX })
  counted.set(db, known)
  return known
}
