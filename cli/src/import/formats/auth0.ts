import type { Password, Person } from '../person.ts'
import { date, flag, known, splitName, text } from './values.ts'

type Identifier = { type?: string; value?: string; verified?: boolean }

/**
 * A user of Auth0: of the bulk export (no hashes), of the hash export that their support hands out
 * (`passwordHash`), or in the form of their own import (`password_hash`, `custom_password_hash`).
 */
export function readAuth0(user: Record<string, unknown>, fields: string[]): Person | null {
  const identifier = ((user.identifiers ?? []) as Identifier[]).find((one) => one.type === 'email')
  const email = text(user.email) ?? text(identifier?.value)
  if (!email) return null
  const blocked = flag(user.blocked)
  const metadata = (user.user_metadata ?? {}) as Record<string, unknown>
  const own = Object.fromEntries(Object.entries(metadata).filter(([name]) => fields.includes(name)))
  const names = {
    // Auth0 fills `name` with the address when it knows no other.
    ...(text(user.name)?.includes('@') ? {} : splitName(user.name)),
    ...known({ firstName: text(user.given_name), lastName: text(user.family_name) }),
  }
  return known({
    email,
    emailVerified: flag(user.email_verified) ?? flag(identifier?.verified),
    ...names,
    createdAt: date(user.created_at),
    enabled: blocked === undefined ? undefined : !blocked,
    password: passwordOf(user),
    fields: Object.keys(own).length > 0 ? own : undefined,
  }) as Person
}

function passwordOf(user: Record<string, unknown>): Password | undefined {
  const custom = user.custom_password_hash as { hash?: { value?: unknown } } | undefined
  const hash = text(user.passwordHash) ?? text(user.password_hash) ?? text(custom?.hash?.value)
  return hash ? { hash } : undefined
}
