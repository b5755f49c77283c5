import type ClientRepresentation from '@keycloak/keycloak-admin-client/lib/defs/clientRepresentation.js'
import type ProtocolMapperRepresentation from '@keycloak/keycloak-admin-client/lib/defs/protocolMapperRepresentation.js'
import type { RealmFacts } from './desired.ts'
import { ADMIN_CLIENT, API_CLIENT, ASSERTION_PROVIDER, appAudience, LOGIN_CLIENT } from './names.ts'

/**
 * Every realm made by one POST answers a password grant on the public client `admin-cli`, without a
 * secret, and offers account and admin pages. Listing them here as disabled closes that door in the
 * same call that creates the realm.
 */
export function builtInClientsOff(): ClientRepresentation[] {
  return ['admin-cli', 'account', 'account-console', 'security-admin-console'].map((clientId) => ({
    clientId,
    enabled: false,
  }))
}

/** No flow, no grant and no role, unless a client says so itself. */
export const confidential = {
  publicClient: false,
  standardFlowEnabled: false,
  implicitFlowEnabled: false,
  directAccessGrantsEnabled: false,
  fullScopeAllowed: false,
} satisfies ClientRepresentation

/** One client an audience; they take assertions of ours and nothing else. */
export function tokenClients(facts: RealmFacts, realm: string): ClientRepresentation[] {
  return [API_CLIENT, appAudience(facts.project)].map((clientId) => ({
    ...confidential,
    clientId,
    secret: facts.secret(realm, clientId),
    attributes: {
      'oauth2.jwt.authorization.grant.enabled': 'true',
      'oauth2.jwt.authorization.grant.idp': ASSERTION_PROVIDER,
    },
    // No default scopes: they would add names, email and Keycloak's own roles and auth_time.
    defaultClientScopes: [],
    optionalClientScopes: [],
    protocolMappers: [
      audience(clientId),
      mapper('sub', 'oidc-usermodel-attribute-mapper', {
        'user.attribute': 'global_uid',
        'claim.name': 'sub',
        'jsonType.label': 'String',
      }),
      mapper('assertion-claims', 'as-assertion-claims', {}),
    ],
  }))
}

/** The only client that takes passwords, in hubs only. */
export function loginClient(facts: RealmFacts, realm: string): ClientRepresentation {
  return {
    ...confidential,
    clientId: LOGIN_CLIENT,
    secret: facts.secret(realm, LOGIN_CLIENT),
    directAccessGrantsEnabled: true,
    defaultClientScopes: [],
    optionalClientScopes: [],
  }
}

/** The client of the realm's own service account. */
export function adminClient(facts: RealmFacts, realm: string): ClientRepresentation {
  return {
    ...confidential,
    clientId: ADMIN_CLIENT,
    secret: facts.secret(realm, ADMIN_CLIENT),
    serviceAccountsEnabled: true,
    fullScopeAllowed: true,
  }
}

/** May do everything in its realm; it does not exist in any other. */
export function adminServiceAccount() {
  return {
    username: `service-account-${ADMIN_CLIENT}`,
    enabled: true,
    serviceAccountClientId: ADMIN_CLIENT,
    clientRoles: { 'realm-management': ['realm-admin'] },
  }
}

/** Takes our assertions: one audience, one use, 60 s, ES256 by the key given here. */
export function assertionProvider(facts: RealmFacts) {
  return {
    alias: ASSERTION_PROVIDER,
    providerId: 'jwt-authorization-grant',
    enabled: true,
    hideOnLogin: true,
    config: {
      issuer: facts.assertion.issuer,
      useJwksUrl: 'false',
      publicKeySignatureVerifier: facts.assertion.publicKeyPem,
      publicKeySignatureVerifierKeyId: facts.assertion.keyId,
      jwtAuthorizationGrantEnabled: 'true',
      jwtAuthorizationGrantMaxAllowedAssertionExpiration: '60',
      jwtAuthorizationGrantAssertionReuseAllowed: 'false',
      jwtAuthorizationGrantAssertionSignatureAlg: 'ES256',
      jwtAuthorizationGrantAllowedClockSkew: '5',
      jwtAuthorizationGrantLimitAccessTokenExp: 'false',
    },
  }
}

/** Puts the client into `aud`; a custom audience would make introspection fail. */
export function audience(clientId: string): ProtocolMapperRepresentation {
  return mapper('audience', 'oidc-audience-mapper', { 'included.client.audience': clientId })
}

function mapper(
  name: string,
  protocolMapper: string,
  config: Record<string, string>,
): ProtocolMapperRepresentation {
  return {
    name,
    protocol: 'openid-connect',
    protocolMapper,
    config: {
      ...config,
      'access.token.claim': 'true',
      'id.token.claim': 'false',
      // Keycloak's own addition to a realm that is made in one call; said here, it is there always.
      'userinfo.token.claim': 'false',
    },
  }
}
