import type { Entry, Person } from './person.ts'

export type Batch = { line: number; person: Person }[]

const PEOPLE_MAX = 100
/** The route takes 100 KB. */
const BYTES_MAX = 80 * 1024

/** The people of the file, `skip` of them left out, in requests that the route takes. */
export async function* batches(entries: AsyncIterable<Entry>, skip: number): AsyncGenerator<Batch> {
  let batch: Batch = []
  let bytes = 0
  let seen = 0
  for await (const entry of entries) {
    if (!('person' in entry)) continue
    if (seen++ < skip) continue
    const size = Buffer.byteLength(JSON.stringify(entry.person)) + 1
    if (batch.length > 0 && (batch.length === PEOPLE_MAX || bytes + size > BYTES_MAX)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push({ line: entry.line, person: entry.person })
    bytes += size
  }
  if (batch.length > 0) yield batch
}
