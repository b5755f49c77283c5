import type RealmRepresentation from '@keycloak/keycloak-admin-client/lib/defs/realmRepresentation.js'
import type { Mode } from '../db/mode.ts'
import type { Settings } from '../settings.ts'
import {
  adminClient,
  adminServiceAccount,
  assertionProvider,
  audience,
  builtInClientsOff,
  confidential,
  loginClient,
  tokenClients,
} from './desired-clients.ts'
import { OPERATOR_CLIENT, OPERATORS_REALM, realmName } from './names.ts'

/** What every desired realm depends on beside the settings. */
export interface RealmFacts {
  project: string
  /** Issuer of our assertions, the public key that checks them, and its id. */
  assertion: { issuer: string; publicKeyPem: string; keyId: string }
  /** The derived secret of a client in a realm. */
  secret: (realm: string, clientId: string) => string
}

/** Access tokens live this long; a backend that trusts one is at most this stale. */
export const ACCESS_TOKEN_SECONDS = 300
const BCRYPT_COST = 12
/**
 * Sessions are the API's; the one that a password check makes is ended at once, and by this at the
 * latest. Not shorter: Keycloak ends an access token with the session it stands for.
 */
const LIFESPANS = {
  accessTokenLifespan: ACCESS_TOKEN_SECONDS,
  ssoSessionIdleTimeout: ACCESS_TOKEN_SECONDS * 2,
  ssoSessionMaxLifespan: ACCESS_TOKEN_SECONDS * 2,
}

/** A realm of one organization: keys, two token clients, its own service account, and nothing else. */
export function organizationRealm(
  facts: RealmFacts,
  mode: Mode,
  organizationId: string,
): RealmRepresentation {
  const realm = realmName(mode, organizationId)
  return {
    ...closedRealm(realm),
    identityProviders: [assertionProvider(facts)],
    clients: [...builtInClientsOff(), ...tokenClients(facts, realm), adminClient(facts, realm)],
    users: [adminServiceAccount()],
    components: components(userProfile(), signingKeys()),
  }
}

/** The hub of a mode: people's credentials, under the project's settings. */
export function hubRealm(facts: RealmFacts, mode: Mode, settings: Settings): RealmRepresentation {
  const realm = realmName(mode, null)
  return {
    ...closedRealm(realm),
    ...hubPolicy(settings),
    identityProviders: [assertionProvider(facts)],
    clients: [
      ...builtInClientsOff(),
      ...tokenClients(facts, realm),
      loginClient(facts, realm),
      adminClient(facts, realm),
    ],
    users: [adminServiceAccount()],
    components: components(userProfile(), signingKeys()),
  }
}

/** The part of a hub that settings and versions change; reconcile compares and sets exactly this. */
export function hubPolicy(settings: Settings): RealmRepresentation {
  const { attempts, windowMinutes } = settings.security.loginThrottle
  const windowSeconds = windowMinutes * 60
  return {
    ...LIFESPANS,
    passwordPolicy: `hashAlgorithm(bcrypt) and hashIterations(${BCRYPT_COST}) and length(${settings.passwordPolicy.minLength})`,
    bruteForceProtected: true,
    failureFactor: attempts,
    waitIncrementSeconds: windowSeconds,
    maxFailureWaitSeconds: windowSeconds,
    minimumQuickLoginWaitSeconds: windowSeconds,
    // The default locks after two fast failures, whatever failureFactor says.
    quickLoginCheckMilliSeconds: 0,
    maxDeltaTimeSeconds: windowSeconds,
  }
}

/** The realm of the customer's staff. RS256: keycloak-connect verifies nothing else. */
export function operatorsRealm(operatorSecret: string): RealmRepresentation {
  return {
    ...closedRealm(OPERATORS_REALM),
    defaultSignatureAlgorithm: 'RS256',
    roles: { realm: [{ name: 'operator' }] },
    clients: [
      ...builtInClientsOff(),
      {
        clientId: OPERATOR_CLIENT,
        secret: operatorSecret,
        ...confidential,
        serviceAccountsEnabled: true,
        defaultClientScopes: ['basic', 'roles'],
        optionalClientScopes: [],
        protocolMappers: [audience(OPERATOR_CLIENT)],
      },
    ],
    scopeMappings: [{ client: OPERATOR_CLIENT, roles: ['operator'] }],
    users: [
      {
        username: `service-account-${OPERATOR_CLIENT}`,
        enabled: true,
        serviceAccountClientId: OPERATOR_CLIENT,
        realmRoles: ['operator'],
      },
    ],
  }
}

/** No way in but ours: no registration, no reset page, no login by address. */
function closedRealm(realm: string): RealmRepresentation {
  return {
    realm,
    enabled: true,
    registrationAllowed: false,
    resetPasswordAllowed: false,
    editUsernameAllowed: false,
    loginWithEmailAllowed: false,
    duplicateEmailsAllowed: false,
    verifyEmail: false,
    defaultSignatureAlgorithm: 'ES256',
    ...LIFESPANS,
    revokeRefreshToken: true,
    refreshTokenMaxReuse: 0,
  }
}

/** The client's types say one component a kind; Keycloak's import takes lists. */
function components(...parts: Record<string, unknown>[]): RealmRepresentation['components'] {
  return Object.assign({}, ...parts)
}

/** Names are optional (a login would fail without them), and `global_uid` may be set by us only. */
function userProfile() {
  const profile = {
    attributes: ['username', 'email', 'firstName', 'lastName'].map((name) => ({
      name,
      permissions: { view: ['admin'], edit: ['admin'] },
    })),
    unmanagedAttributePolicy: 'ADMIN_EDIT',
  }
  return {
    'org.keycloak.userprofile.UserProfileProvider': [
      {
        providerId: 'declarative-user-profile',
        subComponents: {},
        config: { 'kc.user.profile.config': [JSON.stringify(profile)] },
      },
    ],
  }
}

/** ES256 only. Naming the keys also spares two RSA key generations per realm. */
function signingKeys() {
  const key = (name: string, providerId: string, config: Record<string, string[]>) => ({
    name,
    providerId,
    subComponents: {},
    config: { priority: ['100'], ...config },
  })
  return {
    'org.keycloak.keys.KeyProvider': [
      key('ecdsa-generated', 'ecdsa-generated', { ecdsaEllipticCurveKey: ['P-256'] }),
      key('hmac-generated-hs512', 'hmac-generated', { algorithm: ['HS512'] }),
      key('aes-generated', 'aes-generated', {}),
    ],
  }
}
