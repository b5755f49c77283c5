import type { Knex } from 'knex'
import type { Settings } from '../settings.ts'
import type { LimitName } from './entitlements.ts'
import { limitReached } from './limit-reached.ts'
import { readEntitlements } from './read-entitlements.ts'

const WORDS: Record<LimitName, string> = {
  monthlyActiveUsers: 'people who sign in within a calendar month',
  members: 'members, counting pending invitations',
  customRoles: 'roles of your own',
  domains: 'domains',
  departments: 'departments',
  apiKeys: 'API keys',
}

/**
 * Throws 409 `limit_reached` unless the plan has room for one more beside the `taken` ones.
 *
 * `taken` must be counted under the organization's lock (`lockOrganization` first): else two requests
 * at the same moment both find the last place free. What an organization has beyond its limit, after
 * it went to a smaller plan, stays; only nothing more is let in.
 */
export async function refuseOverLimit(
  settings: Pick<Settings, 'plans'>,
  trx: Knex.Transaction,
  organizationId: string,
  limit: LimitName,
  taken: number,
): Promise<void> {
  const { limits, plan } = await readEntitlements(settings, trx, organizationId, { lock: true })
  const max = limits[limit]
  if (max === null || taken < max) return
  throw limitReached(limit, max, `The plan "${plan.name}" allows ${max} ${WORDS[limit]}.`)
}
