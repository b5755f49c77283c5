import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import type { Mode } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'
import { OPERATORS_TRAIL } from './link-hash.ts'

/** A line of the hub's own trail with what the queue holds of it. */
export interface HubEvent {
  id: string
  action: string
  userId: string | null
  keyId: string | null
  requestId: string | null
  data: Record<string, unknown>
  createdAt: Date
  createdAtText: string
  personal: Record<string, unknown>
}

/**
 * What an organization learns of a person's sign-in beside who, when and from where. Everything else
 * (key, session, the organization that was chosen, ids that were tried) could tell one organization
 * of another, and stays in the operators' trail.
 */
const SHARED_DATA: Record<string, string[]> = {
  'alert.new_device': ['device'],
  'alert.new_country': ['country', 'countryBefore'],
  'alert.impossible_travel': ['country', 'countryBefore', 'kilometers', 'minutes'],
  'alert.cross_tenant_attempts': ['attempts', 'minutes'],
}

/** Never leaves the queue: it is there for the alerts to count with. */
const QUEUE_ONLY = ['account']

/**
 * Copies hub events into the operators' trail in full, and redacted into the trail of every
 * organization of that person. The copies are queued for the chain as any other event is.
 */
export async function shareHubEvents(
  db: Database,
  hub: Knex,
  mode: Mode,
  events: HubEvent[],
): Promise<void> {
  const copies = new Map<string, object[]>()
  const add = (chain: string, row: object) => copies.set(chain, [...(copies.get(chain) ?? []), row])
  for (const event of events) add(OPERATORS_TRAIL, copyOf(event, OPERATORS_TRAIL))
  for (const [userId, own] of byUser(events)) {
    const { rows } = (await hub.raw(
      'select organization_id from definer.audit_organizations_of(?)',
      [userId],
    )) as { rows: { organization_id: string }[] }
    for (const { organization_id: id } of rows) for (const event of own) add(id, copyOf(event, id))
  }
  for (const [chain, rows] of copies) {
    await db.tenantTransaction(mode, chain, async (trx) => {
      await trx('audit_events').insert(rows).onConflict(['tenant_id', 'id']).ignore()
    })
  }
}

/** Done to the person by a server of the customer's: the trail must not say that they did it. */
const BY_BACKEND = new Set(['user.suspended', 'user.reactivated', 'user.sessions_revoked'])

function copyOf(event: HubEvent, chain: string) {
  const isOperators = chain === OPERATORS_TRAIL
  const byOperator = event.action.startsWith('operator.')
  const bySystem = event.action.startsWith('alert.') || BY_BACKEND.has(event.action)
  const { keyId, userId } = event
  return {
    tenant_id: chain,
    id: isOperators ? event.id : copyId(event.id, chain),
    action: isOperators ? event.action : event.action.replace(/^operator\./, ''),
    actor_kind: byOperator ? 'operator' : bySystem ? 'system' : 'user',
    actor_id: byOperator || bySystem ? null : userId,
    target_kind: userId ? 'user' : null,
    target_id: userId,
    request_id: isOperators ? event.requestId : null,
    data: JSON.stringify(
      isOperators ? { ...event.data, ...(keyId ? { keyId } : {}) } : redact(event),
    ),
    personal: JSON.stringify(without(event.personal, QUEUE_ONLY)),
    created_at: event.createdAtText,
  }
}

/**
 * The same for every repeat, so a copy is made once; another in every organization, so that two of
 * them cannot match theirs. A UUID of version 8, where events of an organization's own have version 4.
 */
function copyId(eventId: string, chain: string): string {
  const hash = createHash('sha256').update(`${eventId}|${chain}`).digest('hex')
  const variant = '89ab'[Number.parseInt(hash.charAt(16), 16) & 3]
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-')
}

/** Webhooks are told of a hub event once, by the operators' trail, and not by its copies again. */
export const isCopy = (eventId: string) => eventId.charAt(14) === '8'

function redact({ action, data }: HubEvent): Record<string, unknown> {
  const names = SHARED_DATA[action] ?? []
  return Object.fromEntries(names.filter((name) => name in data).map((name) => [name, data[name]]))
}

function without(values: Record<string, unknown>, names: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))
}

function byUser(events: HubEvent[]): Map<string, HubEvent[]> {
  const own = new Map<string, HubEvent[]>()
  for (const event of events) {
    if (event.userId) own.set(event.userId, [...(own.get(event.userId) ?? []), event])
  }
  return own
}
