import type { Knex } from 'knex'
import type { Mode } from '../db/mode.ts'
import { ensurePersonKeys, NOBODY, type PersonKeys } from '../people/person-keys.ts'
import type { Services } from '../services.ts'
import { enqueueDeliveries, type WebhookEvent } from '../webhooks/enqueue-deliveries.ts'
import type { AuditSigner, SignedHead } from './audit-signer.ts'
import { chainEvents, type QueuedEvent } from './chain-events.ts'
import { type HubEvent, isCopy, shareHubEvents } from './share-hub-events.ts'

export type SequencerNeeds = Pick<Services, 'db' | 'masterKey' | 'settings' | 'log'> & {
  signer: AuditSigner
  /** Looks at the hub events of a round; what it finds becomes a hub event of its own. */
  watch?: (hub: Knex.Transaction, mode: Mode, events: HubEvent[]) => Promise<void>
}

/** Only one process chains at a time; in a chain, two next places would both be the next. */
const LOCK = 7140
const BATCH_MAX = 500

export interface Round {
  done: number
  heads: SignedHead[]
}

interface QueueRow {
  id: string
  source: 'tenant' | 'hub'
  organization_id: string | null
  event_id: string
  subject_id: string | null
  personal: Record<string, unknown>
}

/**
 * Takes what is queued, once: hub events are shared into the trails that they belong to (and so queued
 * again), events of an organization get their place in its chain. A queue row goes only when its work
 * is committed, so a process that dies in between loses nothing and chains nothing twice.
 *
 * @returns how many rows were done (0 when another process is at it), and the new ends of chains
 */
export async function sequenceRound(needs: SequencerNeeds, mode: Mode): Promise<Round> {
  const heads: SignedHead[] = []
  const done = await needs.db.hub(mode, async (hub) => {
    const { rows: lock } = (await hub.raw(`select pg_try_advisory_xact_lock(${LOCK}) as mine`)) as {
      rows: { mine: boolean }[]
    }
    if (!lock[0]?.mine) return 0
    const rows: QueueRow[] = await hub('audit_queue')
      .select('id', 'source', 'organization_id', 'event_id', 'subject_id', 'personal')
      .orderBy('id')
      .limit(BATCH_MAX)
    if (rows.length === 0) return 0
    const done = [
      ...(await shareFromHub(needs, hub, mode, rows)),
      ...(await chainAll(needs, mode, rows, heads)),
    ]
    await hub('audit_queue').whereIn('id', done).delete()
    return done.length
  })
  return { done, heads }
}

async function shareFromHub(
  needs: SequencerNeeds,
  hub: Knex.Transaction,
  mode: Mode,
  rows: QueueRow[],
): Promise<string[]> {
  const queued = rows.filter((row) => row.source === 'hub')
  if (queued.length === 0) return []
  const events = await readHubEvents(hub, queued)
  await shareHubEvents(needs.db, hub, mode, events)
  await needs.watch?.(hub, mode, events)
  return queued.map(({ id }) => id)
}

async function readHubEvents(hub: Knex, queued: QueueRow[]): Promise<HubEvent[]> {
  const rows = await hub('hub_events')
    .whereIn(
      'id',
      queued.map((row) => row.event_id),
    )
    .select('id', 'action', 'user_id', 'key_id', 'request_id', 'data', 'created_at')
    .select(hub.raw('created_at::text as created_at_text'))
  const byId = new Map(rows.map((row) => [row.id as string, row]))
  return queued.flatMap(({ event_id: id, personal }) => {
    const row = byId.get(id)
    if (!row) return []
    return [
      {
        id,
        action: row.action,
        userId: row.user_id,
        keyId: row.key_id,
        requestId: row.request_id,
        data: row.data,
        createdAt: row.created_at,
        createdAtText: row.created_at_text,
        personal,
      },
    ]
  })
}

/** An organization whose events cannot be chained does not hold up the others; its rows stay. */
async function chainAll(
  needs: SequencerNeeds,
  mode: Mode,
  rows: QueueRow[],
  heads: SignedHead[],
): Promise<string[]> {
  const own = rows.filter((row) => row.source === 'tenant')
  const subjects = own
    .filter((row) => Object.keys(row.personal).length > 0)
    .map((row) => row.subject_id ?? NOBODY)
  // Committed before anything is sealed with them: a key that is rolled back opens nothing.
  const keys = await needs.db.hub(mode, (trx) => ensurePersonKeys(needs.masterKey, trx, subjects))
  const done: string[] = []
  for (const [chain, items] of byChain(own)) {
    try {
      const head = await chainOne(needs, mode, chain, items.map(toQueued), keys)
      if (head) heads.push(head)
      done.push(...items.map(({ id }) => id))
    } catch (error) {
      needs.log.error({ err: error, mode, chain }, 'Events could not be chained; they wait')
    }
  }
  return done
}

async function chainOne(
  needs: SequencerNeeds,
  mode: Mode,
  chain: string,
  queued: QueuedEvent[],
  keys: PersonKeys,
): Promise<SignedHead | null> {
  return needs.db.tenantTransaction(mode, chain, async (trx) => {
    const chained = await chainEvents({ signer: needs.signer, keys }, trx, mode, chain, queued)
    const told = chained.events.filter((event) => isForWebhooks(needs, event))
    await enqueueDeliveries(needs, mode, trx, told)
    return chained.head
  })
}

function isForWebhooks({ settings }: SequencerNeeds, { id, type }: WebhookEvent): boolean {
  if (isCopy(id)) return false
  return !type.startsWith('alert.') || (settings.alerts?.webhook ?? true)
}

const toQueued = (row: QueueRow): QueuedEvent => ({
  eventId: row.event_id,
  subjectId: row.subject_id,
  personal: row.personal,
})

function byChain(rows: QueueRow[]): Map<string, QueueRow[]> {
  const chains = new Map<string, QueueRow[]>()
  for (const row of rows) {
    const chain = String(row.organization_id)
    chains.set(chain, [...(chains.get(chain) ?? []), row])
  }
  return chains
}
