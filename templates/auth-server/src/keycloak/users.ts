import type KcAdminClient from '@keycloak/keycloak-admin-client'
import { NetworkError } from '@keycloak/keycloak-admin-client'
import type UserRepresentation from '@keycloak/keycloak-admin-client/lib/defs/userRepresentation.js'
import type { Mode } from '../db/mode.ts'
import type { Admin } from './admin.ts'
import { ASSERTION_PROVIDER, clientSecret, hubRealmName, LOGIN_CLIENT, realmName } from './names.ts'
import { KeycloakRefusal, postForm } from './request.ts'

export interface HubUser {
  userId: string
  email: string
  emailVerified: boolean
  /** Absent for a person without a password (social, invitation). */
  password?: string
}

export interface Users {
  /** Makes the person in the hub, or brings the one of an earlier attempt up to date (same id). */
  ensureHubUser(mode: Mode, user: HubUser): Promise<void>
  /** Removes the person from the hub; absent is success. */
  deleteHubUser(mode: Mode, userId: string): Promise<void>
  /** Whether the hub lets the person in at all; an absent one is success. */
  switchHubUser(mode: Mode, userId: string, isEnabled: boolean): Promise<void>
  setPassword(mode: Mode, userId: string, password: string): Promise<void>
  setEmail(mode: Mode, userId: string, email: string, emailVerified: boolean): Promise<void>
  /** Ends the lockout that failed logins caused. */
  unlock(mode: Mode, userId: string): Promise<void>
  /** Whether the password is right and the account is not locked. One answer for all failures. */
  checkPassword(mode: Mode, userId: string, password: string): Promise<boolean>
  /** Makes, or switches back on, the person's shadow in an organization's realm. */
  ensureShadowUser(mode: Mode, organizationId: string, userId: string): Promise<void>
  /** Switches the shadow off: from now on the realm mints nothing for this person. */
  disableShadowUser(mode: Mode, organizationId: string, userId: string): Promise<void>
  /** Removes the shadow for good; absent, or no realm any more, is success. */
  deleteShadowUser(mode: Mode, organizationId: string, userId: string): Promise<void>
}

export function openUsers(admin: Admin, keycloakUrl: string, masterKey: Buffer): Users {
  const inHub = <T>(mode: Mode, fn: (client: KcAdminClient) => Promise<T>) =>
    admin.inRealm(hubRealmName(mode), fn)

  /** Does something to the shadow, if there is one. No realm, no shadow: nothing can be minted there. */
  async function inShadow(
    mode: Mode,
    organizationId: string,
    userId: string,
    fn: (client: KcAdminClient, id: string) => Promise<unknown>,
  ): Promise<void> {
    try {
      await admin.inRealm(realmName(mode, organizationId), async (client) => {
        const id = await findId(client, userId)
        if (id) await fn(client, id)
      })
    } catch (error) {
      if (!(error instanceof KeycloakRefusal && error.status === 404)) throw error
    }
  }

  return {
    ensureHubUser: (mode, user) =>
      inHub(mode, async (client) => {
        const wanted = {
          ...linkedUser(user.userId),
          email: user.email,
          emailVerified: user.emailVerified,
          ...(user.password === undefined ? {} : { credentials: [passwordOf(user.password)] }),
        }
        await createOrUpdate(client, user.userId, wanted)
      }),
    deleteHubUser: (mode, userId) =>
      inHub(mode, async (client) => {
        const id = await findId(client, userId)
        if (id) await client.users.del({ id })
      }),
    switchHubUser: (mode, userId, isEnabled) =>
      inHub(mode, async (client) => {
        const id = await findId(client, userId)
        if (id) await client.users.update({ id }, { enabled: isEnabled })
      }),
    setPassword: (mode, userId, password) =>
      inHub(mode, async (client) => {
        const id = await requireId(client, userId)
        await client.users.resetPassword({ id, credential: passwordOf(password) })
      }),
    setEmail: (mode, userId, email, emailVerified) =>
      inHub(mode, async (client) => {
        const id = await requireId(client, userId)
        await client.users.update({ id }, { email, emailVerified })
      }),
    unlock: (mode, userId) =>
      inHub(mode, async (client) => {
        const id = await requireId(client, userId)
        await client.attackDetection.del({ id })
      }),
    checkPassword: (mode, userId, password) =>
      checkPassword(keycloakUrl, masterKey, hubRealmName(mode), userId, password),
    ensureShadowUser: (mode, organizationId, userId) =>
      admin.inRealm(realmName(mode, organizationId), (client) =>
        createOrUpdate(client, userId, linkedUser(userId)),
      ),
    disableShadowUser: (mode, organizationId, userId) =>
      inShadow(mode, organizationId, userId, (client, id) =>
        client.users.update({ id }, { enabled: false }),
      ),
    deleteShadowUser: (mode, organizationId, userId) =>
      inShadow(mode, organizationId, userId, (client, id) => client.users.del({ id })),
  }
}

/** Known to Keycloak by our own id alone: a shadow holds no address, no name and no password. */
export function linkedUser(userId: string): UserRepresentation {
  return {
    username: userId,
    enabled: true,
    attributes: { global_uid: [userId] },
    federatedIdentities: [{ identityProvider: ASSERTION_PROVIDER, userId, userName: userId }],
  }
}

function passwordOf(value: string) {
  return { type: 'password', value, temporary: false }
}

async function createOrUpdate(
  client: KcAdminClient,
  userId: string,
  wanted: UserRepresentation,
): Promise<void> {
  try {
    await client.users.create(wanted)
  } catch (error) {
    // Inside the door the client's own error arrives; 409 means an earlier attempt got this far.
    if (!(error instanceof NetworkError) || error.response.status !== 409) throw error
    const id = await requireId(client, userId)
    const { federatedIdentities: _linked, ...update } = wanted
    await client.users.update({ id }, update)
  }
}

async function findId(client: KcAdminClient, userId: string): Promise<string | null> {
  const [found] = await client.users.find({
    username: userId,
    exact: true,
    briefRepresentation: true,
  })
  return found?.id ?? null
}

async function requireId(client: KcAdminClient, userId: string): Promise<string> {
  const id = await findId(client, userId)
  if (!id)
    throw new KeycloakRefusal(404, 'user_not_found', `No user ${userId} in ${client.realmName}`)
  return id
}

async function checkPassword(
  keycloakUrl: string,
  masterKey: Buffer,
  realm: string,
  userId: string,
  password: string,
): Promise<boolean> {
  const base = `${keycloakUrl}/realms/${realm}/protocol/openid-connect`
  const client = {
    client_id: LOGIN_CLIENT,
    client_secret: clientSecret(masterKey, realm, LOGIN_CLIENT),
  }
  try {
    const answer = await postForm(`${base}/token`, {
      ...client,
      grant_type: 'password',
      username: userId,
      password,
    })
    // The check has left a session in Keycloak; sessions are ours, so it ends here.
    await postForm(`${base}/logout`, { ...client, refresh_token: String(answer.refresh_token) })
    return true
  } catch (error) {
    if (error instanceof KeycloakRefusal && error.error === 'invalid_grant') return false
    throw error
  }
}
