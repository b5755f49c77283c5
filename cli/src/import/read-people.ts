import type { Detected } from './detect-format.ts'
import { readAuth0 } from './formats/auth0.ts'
import { readClerk } from './formats/clerk.ts'
import { readKeycloak } from './formats/keycloak.ts'
import { readPlain } from './formats/plain.ts'
import type { Entry, Format, Person } from './person.ts'
import { readRecords } from './read-records.ts'

/**
 * Every entry of the file in its order, the same at each reading: a person, a fault, or something
 * that is no person. `fields` are the names of the project's own sign-up fields.
 */
export async function* readPeople(
  file: string,
  { format, shape }: Detected,
  fields: string[],
): AsyncGenerator<Entry> {
  const lineOf = new Map<string, number>()
  for await (const record of readRecords(file, shape)) {
    const { line } = record
    if ('fault' in record) {
      yield record
      continue
    }
    const read = readOne(format, record.value, fields)
    if (read === null) yield { line, fault: 'There is no email address' }
    else if ('skip' in read) yield { line, skip: read.skip }
    else {
      const address = read.email.toLowerCase()
      const first = lineOf.get(address)
      if (first === undefined) {
        lineOf.set(address, line)
        yield { line, person: read }
      } else yield { line, email: read.email, fault: `The same address as line ${first}` }
    }
  }
}

function readOne(
  format: Format,
  value: Record<string, unknown>,
  fields: string[],
): Person | { skip: string } | null {
  switch (format) {
    case 'csv':
    case 'jsonl':
      return readPlain(value, fields)
    case 'keycloak':
      return readKeycloak(value, fields)
    case 'auth0':
      return readAuth0(value, fields)
    case 'clerk':
      return readClerk(value)
  }
}
