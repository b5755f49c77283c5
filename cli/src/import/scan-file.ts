import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type Detected, detectFormat } from './detect-format.ts'
import { unknownColumns } from './formats/plain.ts'
import type { Fault } from './import-result.ts'
import type { Format } from './person.ts'
import { readPeople } from './read-people.ts'
import { readRecords } from './read-records.ts'

/** What the first reading of a file says, before anything is sent. */
export type Scan = Detected & {
  /** Entries that are people. */
  people: number
  /** Entries that are no people by design, such as service accounts. */
  passedOver: number
  faults: Fault[]
  /** Columns that nobody reads. */
  unread: string[]
  /** SHA-256 of the file: its name may change, its content must not while an import goes on. */
  digest: string
}

export async function scanFile(
  file: string,
  wanted: Format | undefined,
  fields: string[],
): Promise<Scan> {
  const detected = await detectFormat(file, wanted)
  const scan: Scan = {
    ...detected,
    people: 0,
    passedOver: 0,
    faults: [],
    unread: await findUnread(file, detected, fields),
    digest: await digestOf(file),
  }
  for await (const entry of readPeople(file, detected, fields)) {
    if ('person' in entry) scan.people++
    else if ('skip' in entry) scan.passedOver++
    else scan.faults.push({ line: entry.line, email: entry.email ?? null, reason: entry.fault })
  }
  return scan
}

async function findUnread(file: string, { format, shape }: Detected, fields: string[]) {
  if (format !== 'csv' && format !== 'jsonl') return []
  for await (const record of readRecords(file, shape)) {
    if ('value' in record) return unknownColumns(Object.keys(record.value), fields)
  }
  return []
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest('hex')
}
