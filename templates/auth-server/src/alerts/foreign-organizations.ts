import { LRUCache } from 'lru-cache'
import type { Mode } from '../db/mode.ts'
import type { Services } from '../services.ts'
import { alertsOf } from './alert-settings.ts'
import { raiseAlert } from './raise-alert.ts'
import { isCrossTenantAttempt } from './rules/cross-tenant-attempts.ts'

export interface ForeignOrganizations {
  /**
   * A signed-in person asked for an organization and got the masked 404. Costs the request an entry in
   * a map; only a count that is reached asks the database, after the answer.
   */
  seen(mode: Mode, userId: string, organizationId: string | undefined): void
}

const PEOPLE_MAX = 10_000
/** Enough for any threshold that makes sense; a scan of thousands takes no more memory than this. */
const TRIES_MAX = 200

/**
 * Counts in this process: one process is live at a time, and the count of minutes that a deploy loses
 * is worth less than a write for every 404.
 */
export function openForeignOrganizations(
  needs: Pick<Services, 'settings' | 'masterKey' | 'log' | 'db'>,
): ForeignOrganizations {
  const people = new LRUCache<string, Map<string, number>>({ max: PEOPLE_MAX })
  const rule = alertsOf(needs.settings).rules.crossTenantAttempts
  return {
    seen(mode, userId, organizationId) {
      if (!rule || !organizationId) return
      const key = `${mode}:${userId}`
      const tries = people.get(key) ?? new Map<string, number>()
      people.set(key, tries)
      // Last in: the oldest goes when there are too many.
      tries.delete(organizationId)
      tries.set(organizationId, Date.now())
      if (tries.size > TRIES_MAX) tries.delete(tries.keys().next().value as string)
      if (!isCrossTenantAttempt(tries, new Set(), Date.now(), rule)) return
      const counted = new Map(tries)
      tries.clear()
      raiseUnlessOwn(needs, mode, userId, counted, rule).catch((error) =>
        needs.log.error({ err: error, mode }, 'The cross-tenant alert could not be worked out'),
      )
    },
  }
}

/** An app that mixes up two organizations of its own reader attacks nobody. */
async function raiseUnlessOwn(
  needs: Pick<Services, 'settings' | 'masterKey' | 'log' | 'db'>,
  mode: Mode,
  userId: string,
  tries: Map<string, number>,
  rule: { organizations: number; minutes: number },
): Promise<void> {
  await needs.db.hub(mode, async (trx) => {
    const { rows } = (await trx.raw(
      'select organization_id from definer.audit_organizations_of(?)',
      [userId],
    )) as { rows: { organization_id: string }[] }
    const own = new Set(rows.map((row) => row.organization_id))
    if (!isCrossTenantAttempt(tries, own, Date.now(), rule)) return
    const attempts = [...tries.keys()].filter((id) => !own.has(id)).length
    await raiseAlert(needs, trx, {
      rule: 'cross_tenant_attempts',
      subject: userId,
      userId,
      data: { attempts, minutes: rule.minutes },
    })
  })
}
