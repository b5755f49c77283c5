import { setTimeout as sleep } from 'node:timers/promises'
import { type Mode, modes } from '../db/mode.ts'
import type { HeadsFile } from './heads-file.ts'
import { type SequencerNeeds, sequenceRound } from './sequence-round.ts'

/** NOTIFY wakes it; the poll is for what a lost connection missed. */
const POLL_MILLISECONDS = 5_000
/** Several events of one moment go into the chain together, with one signature. */
const GATHER_MILLISECONDS = 100

type Needs = SequencerNeeds & { headsFile: HeadsFile }

/**
 * Chains the events of every organization within a second, in whichever process gets the lock, and
 * keeps the signed heads in a file outside the database.
 */
export function startSequencer(needs: Needs): { stop(): Promise<void> } {
  const workers = modes.map((mode) => startMode(needs, mode))
  return {
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()))
    },
  }
}

function startMode(needs: Needs, mode: Mode): { stop(): Promise<void> } {
  const stopping = new AbortController()
  let wake = new AbortController()
  const listener = needs.db.listen(mode, 'audit', () => wake.abort())
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      // Before the round, so that a NOTIFY during it starts another one.
      wake = new AbortController()
      if (await roundOrWarn(needs, mode)) continue
      const signal = AbortSignal.any([stopping.signal, wake.signal])
      await sleep(POLL_MILLISECONDS, undefined, { signal, ref: false }).catch(() => {})
      await sleep(GATHER_MILLISECONDS, undefined, { signal: stopping.signal, ref: false }).catch(
        () => {},
      )
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await Promise.all([loop, listener.stop()])
    },
  }
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
