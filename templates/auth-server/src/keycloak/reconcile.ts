import type RealmRepresentation from '@keycloak/keycloak-admin-client/lib/defs/realmRepresentation.js'
import { modes } from '../db/mode.ts'
import type { Settings } from '../settings.ts'
import { hubPolicy, type RealmFacts } from './desired.ts'
import { assertionProvider } from './desired-clients.ts'
import type { Keycloak } from './keycloak.ts'
import { ASSERTION_PROVIDER, hubRealmName, OPERATORS_REALM } from './names.ts'

/** One value of a realm that differs from what the settings say. */
export interface Change {
  realm: string
  /** `realm.<field>` or `provider.<config key>`. */
  path: string
  from: unknown
  to: unknown
}

/** Keys of the provider that follow the assertion key and the public address. */
const PROVIDER_KEYS = [
  'issuer',
  'publicKeySignatureVerifier',
  'publicKeySignatureVerifierKeyId',
] as const

/**
 * What has to change in a hub. Pure: the same inputs give the same list, and a realm that is as the
 * settings say gives none.
 */
export function planHub(
  realm: string,
  settings: Settings,
  facts: Pick<RealmFacts, 'assertion'>,
  actual: { realm: RealmRepresentation; provider: Record<string, unknown> },
): Change[] {
  const wanted = hubPolicy(settings) as Record<string, unknown>
  const current = actual.realm as Record<string, unknown>
  const provider = assertionProvider(facts as RealmFacts).config as Record<string, string>
  return [
    ...Object.keys(wanted)
      .filter((field) => current[field] !== wanted[field])
      .map((field) => ({
        realm,
        path: `realm.${field}`,
        from: current[field] ?? null,
        to: wanted[field],
      })),
    ...PROVIDER_KEYS.filter((key) => actual.provider[key] !== provider[key]).map((key) => ({
      realm,
      path: `provider.${key}`,
      from: actual.provider[key] ?? null,
      to: provider[key],
    })),
  ]
}

/** The same changes the other way round, for a rollback. */
export function invert(changes: Change[]): Change[] {
  return changes.map(({ realm, path, from, to }) => ({ realm, path, from: to, to: from })).reverse()
}

/** Compares both hubs with the settings. Changes nothing. */
export async function planHubs(keycloak: Keycloak, settings: Settings): Promise<Change[]> {
  const plans = modes.map(async (mode) => {
    const realm = hubRealmName(mode)
    return keycloak.admin.inRealm(realm, async (client) => {
      const actual = await client.realms.findOne({ realm })
      const provider = await client.identityProviders.findOne({ alias: ASSERTION_PROVIDER })
      return planHub(realm, settings, keycloak.facts, {
        realm: actual ?? {},
        provider: provider?.config ?? {},
      })
    })
  })
  return (await Promise.all(plans)).flat()
}

/** Applies changes realm by realm, by each realm's own account. */
export async function applyChanges(keycloak: Keycloak, changes: Change[]): Promise<void> {
  for (const realm of new Set(changes.map((change) => change.realm))) {
    if (realm === OPERATORS_REALM) throw new Error('The operators realm is not reconciled')
    const own = changes.filter((change) => change.realm === realm)
    await keycloak.admin.inRealm(realm, async (client) => {
      const fields = pick(own, 'realm.')
      if (Object.keys(fields).length > 0) await client.realms.update({ realm }, fields)
      const config = pick(own, 'provider.')
      if (Object.keys(config).length > 0) {
        const found = await client.identityProviders.findOne({ alias: ASSERTION_PROVIDER })
        await client.identityProviders.update(
          { alias: ASSERTION_PROVIDER },
          { ...found, config: { ...found?.config, ...config } },
        )
      }
    })
  }
}

function pick(changes: Change[], prefix: string): Record<string, unknown> {
  return Object.fromEntries(
    changes
      .filter((change) => change.path.startsWith(prefix))
      .map((change) => [change.path.slice(prefix.length), change.to]),
  )
}
