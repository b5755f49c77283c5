import { parseSignupFields } from '../auth/parse-signup-fields.ts'
import type { UserRow } from '../auth/user-view.ts'
import { Problem } from '../errors.ts'
import type { Settings } from '../settings.ts'
import type { HashReading, StoredPassword } from './hash-reading.ts'
import {
  type FaultCode,
  type ImportedPerson,
  type PasswordOutcome,
  strictPerson,
} from './import-input.ts'
import { readKeycloakPassword } from './read-keycloak-password.ts'
import { readPasswordHash } from './read-password-hash.ts'

/** A person fit to be written. */
export interface PlannedPerson {
  index: number
  email: string
  emailVerified: boolean
  firstName: string | null
  lastName: string | null
  fields: Record<string, unknown>
  createdAt: Date | null
  isEnabled: boolean
  storedPassword: StoredPassword | null
  passwordOutcome: PasswordOutcome
  organization: string | null
  role: string | null
  /** The row that has this address; null for a new person. */
  known: KnownUser | null
}

export type KnownUser = Pick<UserRow, 'id' | 'state' | 'email_verified_at'> & {
  email: string
  /** 0: nobody ever chose a password here, so the one in the hub came with an import. */
  password_version: number
}

/**
 * Whether somebody signed up with the address, chose a password and never proved that it is theirs:
 * what the file gives to the address is not for them.
 */
export const isUnproved = ({ known }: Pick<PlannedPerson, 'known'>): boolean =>
  known?.state === 'active' && !known.email_verified_at && known.password_version > 0

export type OnConflict = 'skip' | 'update' | 'fail'

export type Decision =
  | { verb: 'create' | 'update' | 'skip'; person: PlannedPerson }
  | { verb: 'fail'; index: number; password: PasswordOutcome; code: FaultCode; detail: string }

/** Says for every person of a request what is to be done. Writes nothing: a dry run ends here. */
export function planImport(
  settings: Pick<Settings, 'signup'>,
  people: ImportedPerson[],
  known: Map<string, KnownUser>,
  onConflict: OnConflict,
): Decision[] {
  const seen = new Set<string>()
  return people.map((person, index): Decision => {
    const fail = (code: FaultCode, detail: string): Decision => ({
      verb: 'fail',
      index,
      password: 'none',
      code,
      detail,
    })
    const parsed = strictPerson.safeParse(person)
    if (!parsed.success) return fail(...faultOf(String(parsed.error.issues[0]?.path[0])))
    const { email } = parsed.data
    if (seen.has(email)) return fail('repeated', 'The same address came before')
    seen.add(email)
    const fields = fieldsOf(settings, person.fields)
    if (typeof fields === 'string') return fail('invalid_field', fields)
    const row = known.get(email) ?? null
    if (row && row.state !== 'pending' && onConflict === 'fail') {
      return fail('exists', 'There is a person with this address')
    }
    const password = readPassword(person.password)
    const planned: PlannedPerson = {
      index,
      email,
      emailVerified: person.emailVerified ?? false,
      firstName: parsed.data.firstName ?? null,
      lastName: parsed.data.lastName ?? null,
      fields,
      createdAt: notInTheFuture(parsed.data.createdAt ?? null),
      isEnabled: person.enabled ?? true,
      storedPassword: password?.ok ? password.password : null,
      passwordOutcome: password === null ? 'none' : password.ok ? 'kept' : password.refusal,
      organization: person.organization || null,
      role: person.role || null,
      known: row,
    }
    // Pending is an attempt that died half-way, of this import or of a sign-up: it is taken over.
    if (!row || row.state === 'pending') return { verb: 'create', person: planned }
    return { verb: onConflict === 'update' ? 'update' : 'skip', person: planned }
  })
}

function faultOf(field: string): [FaultCode, string] {
  switch (field) {
    case 'email':
      return ['invalid_email', 'This is not an email address']
    case 'createdAt':
      return ['invalid_date', 'The date of creation is not a date']
    default:
      return ['invalid_name', 'A name is empty, longer than 80 characters or holds markup']
  }
}

/** The project's own sign-up fields, none of them required: the other system did not ask for ours. */
function fieldsOf(
  settings: Pick<Settings, 'signup'>,
  fields: Record<string, unknown> | undefined,
): Record<string, unknown> | string {
  try {
    return parseSignupFields(settings, fields, true)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const [first] = error.errors ?? []
    return `${first?.pointer.replace('/fields/', '') ?? 'A field'}: ${first?.message ?? 'not valid'}`
  }
}

function readPassword(password: ImportedPerson['password']): HashReading | null {
  if (!password) return null
  return 'hash' in password ? readPasswordHash(password.hash) : readKeycloakPassword(password)
}

const notInTheFuture = (date: Date | null) => (date && date.getTime() <= Date.now() ? date : null)
