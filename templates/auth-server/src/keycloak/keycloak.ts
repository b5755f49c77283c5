import type { Database } from '../db/open-database.ts'
import { assertionKeys, type Env, masterKey as readMasterKey } from '../env.ts'
import { type Admin, openAdmin } from './admin.ts'
import { openAssertionSigner } from './assertion.ts'
import type { RealmFacts } from './desired.ts'
import { appAudience, clientSecret } from './names.ts'
import { type Operators, openOperators } from './operators.ts'
import { openRealmKeys, type RealmKeys } from './realm-keys.ts'
import { openRealms, type Realms } from './realms.ts'
import { getJson } from './request.ts'
import { openTokens, type Tokens } from './tokens.ts'
import { openUsers, type Users } from './users.ts'

/** The only door to Keycloak. */
export interface Keycloak {
  tokens: Tokens
  realms: Realms
  users: Users
  operators: Operators
  realmKeys: RealmKeys
  admin: Admin
  facts: RealmFacts
  /** Audience of tokens for the customer's own backend. */
  appAudience: string
  /** Throws 503 when Keycloak does not answer. */
  ping(): Promise<void>
}

/** Opens the door. Reads credentials; connects to nothing before the first call. */
export async function openKeycloak(
  env: Env,
  db: Pick<Database, 'hubQuery'>,
  options: { adminTimeoutMilliseconds?: number } = {},
): Promise<Keycloak> {
  const { keycloakUrl, publicUrl, project } = env
  const masterKey = readMasterKey(env)
  const signer = await openAssertionSigner(assertionKeys(env), publicUrl)
  const facts: RealmFacts = {
    project,
    assertion: {
      issuer: signer.issuer,
      publicKeyPem: signer.publicKeyPem,
      keyId: signer.keyId,
    },
    secret: (realm, clientId) => clientSecret(masterKey, realm, clientId),
  }
  const admin = openAdmin({
    keycloakUrl,
    masterKey,
    creatorSecret: () => env.credential('keycloak-creator'),
    timeoutMilliseconds: options.adminTimeoutMilliseconds,
  })
  const realmKeys = openRealmKeys(keycloakUrl)
  const realms = openRealms(admin, facts, publicUrl)
  const tokens = openTokens({
    keycloakUrl,
    publicUrl,
    masterKey,
    signer,
    realmKeys,
    repairProvider: realms.repairProvider,
    async burn(mode, jti, expiresAt, hub = db.hubQuery(mode)) {
      await hub('burned_assertions').insert({ jti, expires_at: expiresAt })
    },
  })
  return {
    tokens,
    realms,
    users: openUsers(admin, keycloakUrl, masterKey),
    operators: openOperators(keycloakUrl, publicUrl),
    realmKeys,
    admin,
    facts,
    appAudience: appAudience(project),
    async ping() {
      await getJson(`${keycloakUrl}/realms/live-accounts`)
    },
  }
}
