import type { Knex } from 'knex'
import { LRUCache } from 'lru-cache'
import type { Mode } from '../db/mode.ts'
import { checkDomain } from '../domains/check-domain.ts'
import { bringRealmToTemplate } from '../organizations/bring-realm-to-template.ts'
import { expireIdleOrganization, idleDaysMax } from '../organizations/expire-idle-organization.ts'
import type { Services } from '../services.ts'

type Needs = Pick<Services, 'db' | 'keycloak' | 'settings' | 'log' | 'dns' | 'masterKey' | 'stripe'>

const minuteMilliseconds = 60_000
/** Of a chore's list so many are taken at a time; the rest waits for the next round. */
const batchMax = 20

interface Chore {
  name: string
  /** Rests this long when nothing was left to do. */
  pauseMilliseconds: number
  run(services: Needs, mode: Mode, signal: AbortSignal): Promise<number>
}

/**
 * What has to be done from time to time and by nobody's request. A new version waits a minute before
 * its first round: a deploy that fails is gone by then and has changed no realm.
 */
const chores: Chore[] = [
  { name: 'domains', pauseMilliseconds: minuteMilliseconds, run: checkDomains },
  { name: 'idle test organizations', pauseMilliseconds: 10 * minuteMilliseconds, run: expireIdle },
  { name: 'realms', pauseMilliseconds: 10 * minuteMilliseconds, run: bringOneRealm },
]

/**
 * Gives a function that runs the chores of a mode that are due, to be called every few seconds.
 * `signal` ends it between two pieces of work.
 */
export function openChores(services: Needs, signal: AbortSignal, startedAt = Date.now()) {
  const dueAt = new Map<string, number>()
  return async function tend(mode: Mode, now = Date.now()): Promise<void> {
    for (const { name, pauseMilliseconds, run } of chores) {
      const id = `${mode}:${name}`
      if (signal.aborted) return
      if (now < (dueAt.get(id) ?? startedAt + minuteMilliseconds)) continue
      dueAt.set(id, now + pauseMilliseconds)
      try {
        // Something was done, so there may be more: come back at the next round.
        if ((await run(services, mode, signal)) > 0) dueAt.set(id, now)
      } catch (error) {
        services.log.warn({ err: error, chore: name, mode }, 'A chore has to wait')
      }
    }
  }
}

/** @internal Exported for its tests. */
export async function checkDomains(
  services: Needs,
  mode: Mode,
  signal?: AbortSignal,
): Promise<number> {
  const { rows } = (await services.db
    .hubQuery(mode)
    .raw('select organization_id, domain_id from definer.domains_due(?)', [batchMax])) as {
    rows: { organization_id: string; domain_id: string }[]
  }
  for (const row of rows) {
    if (signal?.aborted) break
    await checkDomain(services, mode, row.organization_id, row.domain_id)
  }
  return rows.length
}

/** @internal Exported for its tests. Test mode only: a live organization waits for its owner for ever. */
export async function expireIdle(services: Needs, mode: Mode): Promise<number> {
  if (mode !== 'test') return 0
  const ids = await organizationIds(
    services.db.hubQuery(mode),
    'select organization_id from definer.idle_organizations(?, ?)',
    [idleDaysMax, batchMax],
  )
  for (const id of ids) await expireIdleOrganization(services, id)
  return ids.length
}

/** Realms that could not be brought; they rest for an hour, so that one does not hold up all others. */
const resting = new LRUCache<string, true>({ max: 10_000, ttl: 60 * minuteMilliseconds })

/**
 * @internal Exported for its tests. One realm a round, those in use first: about a dozen small calls
 * to Keycloak every three seconds, so that a new version stops nobody from signing in.
 */
export async function bringOneRealm(services: Needs, mode: Mode): Promise<number> {
  const ids = await organizationIds(
    services.db.hubQuery(mode),
    'select organization_id from definer.organizations_off_template(?, ?)',
    [services.keycloak.realms.templateHash, resting.size + 1],
  )
  const id = ids.find((one) => !resting.has(one))
  if (id === undefined) return 0
  try {
    await bringRealmToTemplate(services, mode, id)
  } catch (error) {
    resting.set(id, true)
    services.log.warn({ err: error, organizationId: id, mode }, 'A realm keeps its old shape')
  }
  return 1
}

async function organizationIds(hub: Knex, sql: string, bindings: (string | number)[]) {
  const { rows } = (await hub.raw(sql, bindings)) as { rows: { organization_id: string }[] }
  return rows.map((row) => row.organization_id)
}
