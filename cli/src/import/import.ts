import { basename, resolve } from 'node:path'
import { exitCodes, UserError } from '../errors.ts'
import type { Mode, OperatorClient } from '../operator/operator-client.ts'
import type { Output } from '../output/output.ts'
import type { StepHandle } from '../output/steps.ts'
import type { StatePaths } from '../state/state-paths.ts'
import { type Batch, batches } from './batches.ts'
import { type Counts, type Fault, noCounts } from './import-result.ts'
import { type Journal, journalFile, readJournal, writeJournal } from './journal.ts'
import { type Format, formatNames } from './person.ts'
import { readPeople } from './read-people.ts'
import { type Scan, scanFile } from './scan-file.ts'
import { type BatchResult, type OnConflict, sendBatch } from './send-batch.ts'

export type ImportOptions = {
  file: string
  format?: Format
  mode: Mode
  onConflict: OnConflict
  dryRun: boolean
  /** From the first line, whatever a journal says. */
  restart: boolean
  /** Names of the project's own sign-up fields. */
  fields: string[]
  paths: StatePaths
  openOperator: () => Promise<OperatorClient>
  output: Output
  signal: AbortSignal
}

export type ImportAnswer = Counts & {
  file: string
  format: Format
  mode: Mode
  dryRun: boolean
  people: number
  passedOver: number
  unread: string[]
  faults: Fault[]
  /** People who were in already when this run began: an interrupted import went on. */
  resumedAt: number
  seconds: number
}

/**
 * read the file whole → go on where an interrupted import stopped → send batch by batch, a journal
 * line after each. Nothing is sent twice needlessly, and nothing is harmed if it is.
 */
export async function importUsers(options: ImportOptions): Promise<ImportAnswer> {
  const { output, dryRun } = options
  const startedAt = Date.now()
  const name = basename(options.file)
  const steps = await output.steps([
    { id: 'read', title: `Read ${name}` },
    { id: 'send', title: dryRun ? 'Ask what would happen' : 'Import people' },
  ])
  try {
    const scan = await steps.run('read', async (step) => {
      const found = await scanFile(options.file, options.format, options.fields)
      step.setDone(`${name} is ${formatNames[found.format]} with ${count(found.people, 'person')}`)
      return found
    })
    if (scan.people === 0) throw nobody(options.file, scan)
    const path = journalFile(options.paths, scan.digest, options.mode)
    const journal = begin(options, scan, path)
    const resumedAt = journal.done
    await steps.run('send', async (step) => {
      await sendAll(options, scan, journal, path, step)
      const { created, updated } = journal.counts
      step.setDone(
        dryRun ? 'Nothing was written' : `${count(created + updated, 'person')} imported`,
      )
    })
    return {
      file: options.file,
      format: scan.format,
      mode: options.mode,
      dryRun,
      people: scan.people,
      passedOver: scan.passedOver,
      unread: scan.unread,
      ...journal.counts,
      failed: journal.counts.failed + scan.faults.length,
      faults: [...scan.faults, ...journal.faults].sort((a, b) => a.line - b.line),
      resumedAt,
      seconds: (Date.now() - startedAt) / 1000,
    }
  } finally {
    await steps.close()
  }
}

function begin(options: ImportOptions, scan: Scan, path: string): Journal {
  const left = options.dryRun || options.restart ? null : readJournal(path)
  if (left && left.done < scan.people) {
    options.output.talk(`Goes on behind person ${left.done} of ${scan.people}.`)
    return left
  }
  return {
    file: resolve(options.file),
    startedAt: new Date().toISOString(),
    finishedAt: null,
    done: 0,
    counts: noCounts(),
    faults: [],
  }
}

async function sendAll(
  options: ImportOptions,
  scan: Scan,
  journal: Journal,
  path: string,
  step: StepHandle,
): Promise<void> {
  const { dryRun, signal } = options
  const open = keepOpen(options.openOperator)
  const startedAt = Date.now()
  const doneBefore = journal.done
  for await (const batch of batches(readPeople(options.file, scan, options.fields), journal.done)) {
    const results = await sendBatch(batch, { ...options, open }).catch((error) => {
      throw dryRun || signal.aborted ? error : stopped(error, journal.done, scan.people)
    })
    note(journal, batch, results)
    if (!dryRun) writeJournal(path, journal)
    const seconds = (Date.now() - startedAt) / 1000
    const rate = Math.round((journal.done - doneBefore) / Math.max(seconds, 0.001))
    step.progress(`${journal.done}/${scan.people}, ${rate} a second`)
    // Between two batches nothing is half done.
    signal.throwIfAborted()
  }
  journal.finishedAt = new Date().toISOString()
  if (!dryRun) writeJournal(path, journal)
}

const TOKEN_SECONDS = 60

/** One client a minute: its token lives for five. */
function keepOpen(open: () => Promise<OperatorClient>): () => Promise<OperatorClient> {
  let client: Promise<OperatorClient> | null = null
  let until = 0
  return () => {
    if (!client || Date.now() > until) {
      client = open()
      client.catch(() => {
        client = null
      })
      until = Date.now() + TOKEN_SECONDS * 1000
    }
    return client
  }
}

function note(journal: Journal, batch: Batch, results: BatchResult[]): void {
  for (const [index, { line, person }] of batch.entries()) {
    const result = results[index]
    if (!result) continue
    journal.counts[result.outcome]++
    if (result.outcome === 'created' || result.outcome === 'updated') {
      journal.counts.passwords[result.password]++
    }
    if (result.joined) journal.counts.joined++
    if (result.fault) {
      journal.faults.push({ line, email: person.email, reason: result.fault.detail })
    }
  }
  journal.done += batch.length
}

export function count(number: number, one: 'person'): string {
  const words = { person: 'people' }
  return `${number.toLocaleString('en')} ${number === 1 ? one : words[one]}`
}

function nobody(file: string, scan: Scan): UserError {
  return new UserError({
    code: 'import_empty',
    what: 'There is nobody to import in the file.',
    why: scan.faults[0]
      ? `Line ${scan.faults[0].line}: ${scan.faults[0].reason}. ${scan.faults.length} lines like this.`
      : `${file} was read as ${formatNames[scan.format]}, and holds no people.`,
    next: ['Say whose export it is with --format; docs/guide/import.md shows each format.'],
  })
}

function stopped(error: unknown, done: number, people: number): unknown {
  if (!(error instanceof UserError)) return error
  return new UserError({
    code: 'import_stopped',
    what: `The import stopped after ${done} of ${count(people, 'person')}.`,
    why: `${error.what} ${error.why}`,
    next: [...error.next, 'Then run the same command again: it goes on where it stopped.'],
    exitCode: exitCodes.infrastructure,
    cause: error,
  })
}
