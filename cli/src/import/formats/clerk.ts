import type { Password, Person } from '../person.ts'
import { date, flag, known, text } from './values.ts'

type Address = {
  id?: string
  email_address?: string
  verification?: { status?: string } | null
}

/** A user of Clerk: a line of the dashboard's CSV (with hashes), or an object of their API (without). */
export function readClerk(user: Record<string, unknown>): Person | null {
  const address = Array.isArray(user.email_addresses) ? ofApi(user) : ofExport(user)
  if (!address) return null
  const banned = flag(user.banned)
  return known({
    ...address,
    firstName: text(user.first_name),
    lastName: text(user.last_name),
    createdAt: date(user.created_at),
    enabled: banned === undefined ? undefined : !banned,
    password: passwordOf(user),
  }) as Person
}

function ofExport(user: Record<string, unknown>) {
  const verified = addresses(user.verified_email_addresses)
  const email =
    text(user.primary_email_address) ?? verified[0] ?? addresses(user.unverified_email_addresses)[0]
  return email ? { email, emailVerified: verified.includes(email) } : null
}

function ofApi(user: Record<string, unknown>) {
  const list = user.email_addresses as Address[]
  const primary = list.find((one) => one.id === user.primary_email_address_id) ?? list[0]
  const email = text(primary?.email_address)
  return email ? { email, emailVerified: primary?.verification?.status === 'verified' } : null
}

const addresses = (value: unknown) => (text(value) ?? '').split(/[\s,|;]+/).filter(Boolean)

/**
 * The same text means another thing under another hasher (`bcrypt_peppered`, `bcrypt_sha256_django`),
 * so the hasher's name goes before a hash that we would else take for plain bcrypt.
 */
function passwordOf(user: Record<string, unknown>): Password | undefined {
  const hash = text(user.password_digest)
  if (!hash) return undefined
  const hasher = text(user.password_hasher) ?? 'bcrypt'
  const isPlain = ['bcrypt', 'argon2i', 'argon2id', 'pbkdf2_sha256_django'].includes(hasher)
  return { hash: isPlain ? hash : `${hasher}:${hash}` }
}
