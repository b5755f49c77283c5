import type { Person } from '../person.ts'
import { date, flag, known, splitName, text } from './values.ts'

/** Spellings of each column, compared without case, spaces, dashes and underscores. */
const columns = {
  email: ['email', 'emailaddress', 'mail'],
  emailVerified: ['emailverified', 'verified', 'isemailverified'],
  firstName: ['firstname', 'givenname', 'forename'],
  lastName: ['lastname', 'familyname', 'surname'],
  name: ['name', 'fullname', 'displayname'],
  passwordHash: ['passwordhash', 'passworddigest', 'hash'],
  createdAt: ['createdat', 'created', 'signedupat'],
  enabled: ['enabled', 'active'],
  blocked: ['blocked', 'disabled', 'banned'],
  organization: ['organization', 'organisation', 'org', 'organizationslug'],
  role: ['role'],
} as const
type Column = keyof typeof columns

/** Columns that the file has and nobody reads; said once, so that nothing is lost in silence. */
export function unknownColumns(names: string[], fields: string[]): string[] {
  return names.filter((name) => !columnOf(name) && !fields.includes(name) && name !== 'fields')
}

/**
 * Our own form, as CSV or JSON lines: `email` and what else is known. Columns named like a sign-up
 * field of the project become that field; JSON may hold them in `fields`.
 */
export function readPlain(row: Record<string, unknown>, fields: string[]): Person | null {
  const found: Partial<Record<Column, unknown>> = {}
  const own: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(row)) {
    const column = columnOf(name)
    if (fields.includes(name)) {
      if (value !== '' && value !== null) own[name] = value
    } else if (column) found[column] ??= value
  }
  const email = text(found.email)
  if (!email) return null
  const names = { ...splitName(found.name), ...known(namesOf(found)) }
  const hash = text(found.passwordHash)
  const isBlocked = flag(found.blocked)
  const nested = (row.fields ?? {}) as Record<string, unknown>
  const allFields = { ...nested, ...own }
  return known({
    email,
    emailVerified: flag(found.emailVerified),
    ...names,
    createdAt: date(found.createdAt),
    enabled: isBlocked === undefined ? flag(found.enabled) : !isBlocked,
    password: hash ? { hash } : undefined,
    fields: Object.keys(allFields).length > 0 ? allFields : undefined,
    organization: text(found.organization),
    role: text(found.role),
  }) as Person
}

const namesOf = (found: Partial<Record<Column, unknown>>) => ({
  firstName: text(found.firstName),
  lastName: text(found.lastName),
})

function columnOf(name: string): Column | undefined {
  const plain = name.toLowerCase().replace(/[\s_-]/g, '')
  const all = Object.entries(columns) as [Column, readonly string[]][]
  return all.find(([, spellings]) => spellings.includes(plain))?.[0]
}
