import type { Password, Person } from '../person.ts'
import { date, flag, known, text } from './values.ts'

/** A user of a realm export (`kc.sh export`), with the password that it holds; or why there is none. */
export function readKeycloak(
  user: Record<string, unknown>,
  fields: string[],
): Person | { skip: string } | null {
  if (user.serviceAccountClientId) return { skip: 'a service account' }
  const email = text(user.email) ?? addressOf(user.username)
  if (!email) return null
  const own = Object.fromEntries(
    Object.entries((user.attributes ?? {}) as Record<string, unknown>)
      .filter(([name]) => fields.includes(name))
      .map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  )
  return known({
    email,
    emailVerified: flag(user.emailVerified),
    firstName: text(user.firstName),
    lastName: text(user.lastName),
    createdAt: date(user.createdTimestamp),
    enabled: flag(user.enabled),
    password: passwordOf(user.credentials),
    fields: Object.keys(own).length > 0 ? own : undefined,
  }) as Person
}

/** Realms without addresses of their own often use them as user names. */
function addressOf(username: unknown): string | undefined {
  const name = text(username)
  return name?.includes('@') ? name : undefined
}

type Credential = { type?: string; credentialData?: string; secretData?: string }

function passwordOf(credentials: unknown): Password | undefined {
  const list = (Array.isArray(credentials) ? credentials : []) as Credential[]
  const found = list.find((one) => one.type === 'password' && one.secretData)
  if (!found) return undefined
  const data = parse(found.credentialData)
  const secret = parse(found.secretData)
  return known({
    algorithm: String(data.algorithm ?? ''),
    hashIterations: Number(data.hashIterations ?? 0),
    value: String(secret.value ?? ''),
    salt: text(secret.salt),
    additionalParameters: data.additionalParameters as Record<string, string[]> | undefined,
  })
}

/** Both halves are JSON texts in JSON. A damaged one reads as an unknown algorithm, not as a crash. */
function parse(json: string | undefined): Record<string, unknown> {
  try {
    return (JSON.parse(json ?? '{}') ?? {}) as Record<string, unknown>
  } catch {
    return {}
  }
}
