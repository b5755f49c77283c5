import KcAdminClient from '@keycloak/keycloak-admin-client'
import type RealmRepresentation from '@keycloak/keycloak-admin-client/lib/defs/realmRepresentation.js'
import { modes } from '../db/mode.ts'
import type { Env } from '../env.ts'
import type { Settings } from '../settings.ts'
import { hubRealm, operatorsRealm } from './desired.ts'
import type { Keycloak } from './keycloak.ts'
import { CREATOR_CLIENT, OPERATORS_REALM } from './names.ts'
import { patiently, TASK_CALL_MILLISECONDS } from './patiently.ts'
import { getJson, KeycloakRefusal, postForm } from './request.ts'

/**
 * First boot: the master admin makes the one client that can create realms, that client makes the
 * hubs and the operators' realm, and then the master admin is deleted. Run again, it changes nothing.
 *
 * @returns what was done, in words for the deploy log
 */
export async function bootstrapKeycloak(
  env: Env,
  keycloak: Keycloak,
  settings: Settings,
): Promise<string[]> {
  const done: string[] = []
  const master = await patiently(() => signInAsAdmin(env))
  if (master) {
    if (await ensureCreator(master.client, env.credential('keycloak-creator'))) done.push('creator')
  }
  for (const mode of modes) {
    if (
      await patiently(() => createOnce(env, keycloak, hubRealm(keycloak.facts, mode, settings)))
    ) {
      done.push(`${mode}-accounts`)
    }
  }
  if (
    await patiently(() =>
      createOnce(env, keycloak, operatorsRealm(env.credential('operator-client'))),
    )
  ) {
    done.push(OPERATORS_REALM)
  }
  // Signed in anew: its tokens last a minute, and the realms may have taken longer.
  const admin = master && (await patiently(() => signInAsAdmin(env)))
  if (admin) {
    await closeMasterClients(admin.client)
    // From here on nobody can do everything: a leaked credential opens one realm at most.
    await admin.client.users.del({ id: admin.id })
    done.push('master admin deleted')
  }
  return done
}

/** The bootstrap admin, or null when there is no credential for it or it was deleted before. */
async function signInAsAdmin(env: Env): Promise<{ client: KcAdminClient; id: string } | null> {
  const credential = env.credentialOrNull('keycloak-admin')
  if (!credential) return null
  const at = credential.indexOf(':')
  try {
    const answer = await postForm(
      `${env.keycloakUrl}/realms/master/protocol/openid-connect/token`,
      {
        grant_type: 'password',
        client_id: 'admin-cli',
        username: credential.slice(0, at),
        password: credential.slice(at + 1),
      },
    )
    const client = new KcAdminClient({
      baseUrl: env.keycloakUrl,
      realmName: 'master',
      timeout: TASK_CALL_MILLISECONDS,
    })
    client.setAccessToken(String(answer.access_token))
    const [self] = await client.users.find({ username: credential.slice(0, at), exact: true })
    return self?.id ? { client, id: self.id } : null
  } catch (error) {
    // Deleted before, or (the second) closed before: either way nobody can sign in there any more.
    const isGone =
      error instanceof KeycloakRefusal && /^(invalid_grant|unauthorized_client)$/.test(error.error)
    if (isGone) return null
    throw error
  }
}

/** A client that holds `create-realm` and whose token carries nothing more, however many realms. */
async function ensureCreator(client: KcAdminClient, secret: string): Promise<boolean> {
  const [found] = await client.clients.find({ clientId: CREATOR_CLIENT })
  if (found?.id) {
    await client.clients.update({ id: found.id }, { ...found, secret })
    return false
  }
  const { id } = await client.clients.create({
    clientId: CREATOR_CLIENT,
    secret,
    publicClient: false,
    standardFlowEnabled: false,
    directAccessGrantsEnabled: false,
    serviceAccountsEnabled: true,
    // With full scope every realm it creates would add its 18 roles to the token.
    fullScopeAllowed: false,
  })
  const role = await client.roles.findOneByName({ name: 'create-realm' })
  if (!role?.id) throw new Error('Keycloak has no role "create-realm" in its master realm')
  const roles = [{ id: role.id, name: 'create-realm' }]
  const account = await client.clients.getServiceAccountUser({ id })
  await client.users.addRealmRoleMappings({ id: String(account.id), roles })
  await client.clients.addRealmScopeMappings({ id }, roles)
  return true
}

/**
 * Keycloak's own pages in its master realm take any path below theirs as a redirect, and `admin-cli`
 * takes passwords from anybody. Nobody is left to sign in there, and none of it stays open for the day
 * on which somebody is.
 */
async function closeMasterClients(client: KcAdminClient): Promise<void> {
  for (const clientId of ['account', 'account-console', 'security-admin-console', 'admin-cli']) {
    const [found] = await client.clients.find({ clientId })
    if (!found?.id) continue
    const closed = { redirectUris: [], webOrigins: [], directAccessGrantsEnabled: false }
    // The token that does this is one of admin-cli, so that client has to stay.
    const enabled = clientId === 'admin-cli'
    await client.clients.update({ id: found.id }, { ...found, ...closed, enabled })
  }
}

async function createOnce(
  env: Env,
  keycloak: Keycloak,
  realm: RealmRepresentation,
): Promise<boolean> {
  if (await getJson(`${env.keycloakUrl}/realms/${realm.realm}`)) return false
  try {
    await keycloak.admin.asCreator((client) => client.realms.create(realm))
  } catch (error) {
    // An earlier call that we gave up waiting for has made it meanwhile.
    if (!(error instanceof KeycloakRefusal && error.status === 409)) throw error
  }
  return true
}
