import type { Mode } from '../db/mode.ts'
import type { Admin } from './admin.ts'
import { hubRealmName } from './names.ts'
import { type HubUser, linkedUser } from './users.ts'

/** A password that another system hashed, in the terms of Keycloak's hash providers. */
export interface HashedPassword {
  algorithm: string
  iterations: number
  value: string
  salt: string | null
  parameters: Record<string, string[]>
}

export interface ImportedHubUser extends Omit<HubUser, 'password'> {
  hashedPassword: HashedPassword | null
}

/**
 * Makes many people in the hub by one request and one transaction of Keycloak. Whoever is there
 * already stays as they are.
 *
 * @returns the ids of those who were made
 */
export async function importHubUsers(
  admin: Admin,
  mode: Mode,
  users: ImportedHubUser[],
): Promise<Set<string>> {
  if (users.length === 0) return new Set()
  const realm = hubRealmName(mode)
  const answer = await admin.inRealm(realm, (client) =>
    client.realms.partialImport({
      realm,
      rep: { ifResourceExists: 'SKIP', users: users.map(toRepresentation) },
    }),
  )
  const added = answer.results.filter((result) => result.action === 'ADDED')
  return new Set(added.map((result) => String(result.resourceName)))
}

/** Puts another system's password in the place of the one that the person has; the rest stays. */
export async function replaceHashedPassword(
  admin: Admin,
  mode: Mode,
  userId: string,
  password: HashedPassword,
): Promise<void> {
  await admin.inRealm(hubRealmName(mode), async (client) => {
    const [found] = await client.users.find({ username: userId, exact: true })
    if (!found?.id) return
    await client.users.update({ id: found.id }, { credentials: [toCredential(password)] })
  })
}

function toRepresentation({ userId, email, emailVerified, hashedPassword }: ImportedHubUser) {
  return {
    ...linkedUser(userId),
    email,
    emailVerified,
    credentials: hashedPassword ? [toCredential(hashedPassword)] : [],
  }
}

/** Keycloak keeps both halves as JSON texts of their own. */
function toCredential({ algorithm, iterations, value, salt, parameters }: HashedPassword) {
  return {
    type: 'password',
    credentialData: JSON.stringify({
      hashIterations: iterations,
      algorithm,
      additionalParameters: parameters,
    }),
    secretData: JSON.stringify({ value, salt: salt ?? '', additionalParameters: {} }),
  }
}
