import type { Machine } from '../machine/machine.ts'
import type { HistoryEntry } from '../state/instance.ts'

const NOTE = 'pending-flip.json'

/** Written before the flip, so that a crash right after it does not lose the entry. */
export function notePendingFlip(machine: Machine, entry: HistoryEntry): void {
  machine.notes.write(NOTE, JSON.stringify(entry))
}

/**
 * Puts a noted flip into the history when it did happen, and forgets it when it did not. The
 * symlink alone says which: the live colour was last started with the noted version, or not.
 */
export function finishPendingFlip(machine: Machine): void {
  const text = machine.notes.read(NOTE)
  if (text === null) return
  const entry = JSON.parse(text) as HistoryEntry
  const live = machine.liveColour()
  const last = machine.readHistory().at(-1)
  const isRecorded = last?.version === entry.version && last.at === entry.at
  const happened = live !== null && machine.recordedVersion(live) === entry.version
  if (happened && !isRecorded) machine.appendHistory(entry)
  machine.notes.remove(NOTE)
}
