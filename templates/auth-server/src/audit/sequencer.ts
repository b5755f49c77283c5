import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import { type Mode, modes } from '../db/mode.ts'
import type { HeadsFile } from './heads-file.ts'
import { keepRetention } from './keep-retention.ts'
import { listTrails } from './list-trails.ts'
import { retentionDays } from './retention-days.ts'
import { type SequencerNeeds, sequenceRound } from './sequence-round.ts'
import { verifyAll } from './verify-all.ts'
import type { Fault } from './verify-chain.ts'

/** NOTIFY wakes it; the poll is for what a lost connection missed. */
const POLL_MILLISECONDS = 5_000
/** Several events of one moment go into the chain together, with one signature. */
const GATHER_MILLISECONDS = 100
const RETENTION_MILLISECONDS = 3_600_000
const VERIFY_MILLISECONDS = 24 * 3_600_000

type Needs = SequencerNeeds & {
  headsFile: HeadsFile
  /** Runs with the retention, once an hour. */
  tidy?: (hub: Knex) => Promise<void>
  /** Told of every trail that does not verify, once a day. */
  alarm?: (mode: Mode, broken: { trail: string; faults: Fault[] }) => Promise<unknown>
}

/**
 * Chains the events of every organization within a second, in one process of all, and keeps the signed
 * ends in a file outside the database. Once an hour it cuts what the retention of each trail ends.
 */
export function startSequencer(needs: Needs): { stop(): Promise<void> } {
  const leaders = modes.map((mode) =>
    needs.db.lead(mode, 'sequencer', (signal) => sequence(needs, mode, signal)),
  )
  return {
    async stop() {
      await Promise.all(leaders.map((leader) => leader.stop()))
      await needs.headsFile.stop()
    },
  }
}

async function sequence(needs: Needs, mode: Mode, stopping: AbortSignal): Promise<void> {
  let wake = new AbortController()
  const listener = needs.db.listen(mode, 'audit', () => wake.abort())
  const pause = (milliseconds: number, signal: AbortSignal) =>
    sleep(milliseconds, undefined, { signal, ref: false }).catch(() => {})
  let retainedAt = 0
  // Not at the start: that is when a deploy needs the machine.
  let verifiedAt = Date.now() - VERIFY_MILLISECONDS + RETENTION_MILLISECONDS
  while (!stopping.aborted) {
    // Before the round, so that a NOTIFY during it starts another one.
    wake = new AbortController()
    if (await roundOrWarn(needs, mode)) continue
    if (Date.now() - retainedAt > RETENTION_MILLISECONDS) {
      retainedAt = Date.now()
      await retainOrWarn(needs, mode)
    }
    if (Date.now() - verifiedAt > VERIFY_MILLISECONDS) {
      verifiedAt = Date.now()
      await verifyOrWarn(needs, mode)
    }
    await pause(POLL_MILLISECONDS, AbortSignal.any([stopping, wake.signal]))
    await pause(GATHER_MILLISECONDS, stopping)
  }
  await listener.stop()
}

/** @returns whether there was anything, so that more may be waiting */
async function roundOrWarn(needs: Needs, mode: Mode): Promise<boolean> {
  try {
    const { done, heads } = await sequenceRound(needs, mode)
    needs.headsFile.note(mode, heads)
    return done > 0
  } catch (error) {
    needs.log.warn({ err: error, mode }, 'The trail could not be chained now; it will be')
    return false
  }
}

async function retainOrWarn(needs: Needs, mode: Mode): Promise<void> {
  try {
    const hub = needs.db.hubQuery(mode)
    await forgetSharedEvents(hub)
    await needs.tidy?.(hub)
    for (const { id } of await listTrails(needs, mode)) {
      const days = await retentionDays(needs, mode, id)
      const cut = await keepRetention(needs, mode, id, days)
      if (cut > 0) needs.log.info({ mode, trail: id, days, cut }, 'Audit events reached their age')
    }
  } catch (error) {
    needs.log.warn({ err: error, mode }, 'The retention of the trails has to wait')
  }
}

/** Nobody has to remember to verify: what was changed is told within a day. */
async function verifyOrWarn(needs: Needs, mode: Mode): Promise<void> {
  try {
    for (const broken of await verifyAll(needs, mode)) {
      needs.log.error({ mode, ...broken }, 'An audit trail does not verify')
      await needs.alarm?.(mode, broken)
    }
  } catch (error) {
    needs.log.warn({ err: error, mode }, 'The trails could not be verified now')
  }
}

/** A hub event is only on its way: what stays of it are its copies in the chained trails. */
async function forgetSharedEvents(hub: Knex): Promise<void> {
  await hub('hub_events')
    .whereRaw(`created_at < now() - interval '30 days'`)
    .whereNotExists(hub('audit_queue').select('id').whereRaw('event_id = hub_events.id'))
    .delete()
}
