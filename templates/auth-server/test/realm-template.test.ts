import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { parseEnv } from '../src/env.ts'
import { openKeycloak } from '../src/keycloak/keycloak.ts'
import { claimsOf, keycloakAdmin, keycloakGrant } from './support/identity.ts'
import { call, must, readInstance } from './support/instance.ts'
import { createOrganization, type Person, signUp, tokenFor } from './support/person.ts'
import { cannotStartApi, instanceEnv } from './support/start-api.ts'

const instance = readInstance()

describe('an old realm is brought to the template, on a real Keycloak', {
  skip: cannotStartApi(instance),
}, () => {
  if (!instance) return
  const tag = randomBytes(4).toString('hex')
  let owner: Person
  let orgId: string
  let realm: string
  let before_: string
  before(async () => {
    owner = await signUp(instance, 'Olga')
    orgId = await createOrganization(instance, owner, `Realm ${tag}`)
    realm = `live-org-${orgId}`
    before_ = await tokenFor(instance, owner, orgId)
  })

  const read = async (path: string) => (await keycloakAdmin(realm, 'GET', path)).body as never
  const shape = async () => {
    const clients = (await read('/clients?max=100')) as {
      clientId: string
      enabled: boolean
      protocolMappers?: { id?: string; name: string; config: object }[]
    }[]
    const { accessTokenLifespan, registrationAllowed } = (await read('')) as Record<string, unknown>
    const provider = (await read('/identity-provider/instances/authstack')) as { config: object }
    const keys = (await read('/keys')) as { keys: { kid: string }[] }
    return {
      accessTokenLifespan,
      registrationAllowed,
      provider: provider.config,
      profile: await read('/users/profile'),
      kids: keys.keys.map(({ kid }) => kid).sort(),
      clients: clients
        .map(({ clientId, enabled, protocolMappers = [] }) => ({
          clientId,
          enabled,
          mappers: protocolMappers
            .map(({ name, config }) => ({ name, config }))
            .sort((a, b) => a.name.localeCompare(b.name)),
        }))
        .sort((a, b) => a.clientId.localeCompare(b.clientId)),
    }
  }
  const keycloak = () =>
    openKeycloak(
      parseEnv({
        ...instanceEnv(instance),
        CREDENTIALS_DIRECTORY: String(instance.credentials),
      }),
      { hubQuery: () => assert.fail('nothing is minted here') } as never,
    )

  test('a realm that is as it should be stays as it is', async () => {
    const wanted = await shape()
    await (await keycloak()).realms.bringToTemplate('live', orgId)
    assert.deepEqual(await shape(), wanted)
  })

  test('what an older version, or a hand, made otherwise is as in a new realm; keys and people stay', async () => {
    const wanted = await shape()
    await spoil()
    assert.notDeepEqual(await shape(), wanted)
    const open = await keycloakGrant(realm, {
      grant_type: 'password',
      client_id: 'admin-cli',
      username: 'x',
      password: 'x',
    })
    assert.equal(open.body.error, 'invalid_grant', 'the public door stands open')
    await (await keycloak()).realms.bringToTemplate('live', orgId)
    assert.deepEqual(await shape(), wanted)
    const shut = await keycloakGrant(realm, {
      grant_type: 'password',
      client_id: 'admin-cli',
      username: 'x',
      password: 'x',
    })
    assert.notEqual(shut.body.error, 'invalid_grant', 'the public door is shut')
    const token = await tokenFor(instance, owner, orgId)
    const { as_sid: session, extra, ...claims } = claimsOf(token)
    assert.equal(extra, undefined)
    assert.equal(session, claimsOf(before_).as_sid)
    assert.equal(claims.sub, owner.userId)
    assert.equal(claims.exp - claims.iat, 300)
    await must(instance, 200, 'GET', `/organizations/${orgId}`, { token })
    const old = await call(instance, 'GET', `/organizations/${orgId}`, { token: before_ })
    assert.equal(old.status, 200, 'tokens from before are still good')
  })

  /** A door open, a claim missing, a claim too many, other lives, another assertion key. */
  async function spoil(): Promise<void> {
    const put = async (path: string, change: (now: Record<string, unknown>) => object) =>
      assert.equal((await keycloakAdmin(realm, 'PUT', path, change(await read(path)))).status, 204)
    await put('', (now) => ({ ...now, accessTokenLifespan: 3600, registrationAllowed: true }))
    const clients = (await read('/clients?max=100')) as {
      id: string
      clientId: string
      protocolMappers: { id: string; name: string }[]
    }[]
    const find = (clientId: string) =>
      clients.find((one) => one.clientId === clientId) as never as {
        id: string
        protocolMappers: { id: string; name: string }[]
      }
    await put(`/clients/${find('admin-cli').id}`, (now) => ({
      ...now,
      enabled: true,
      publicClient: true,
      directAccessGrantsEnabled: true,
    }))
    const api = find('authstack-api')
    const claims = api.protocolMappers.find(({ name }) => name === 'assertion-claims')
    const mappers = `/clients/${api.id}/protocol-mappers/models`
    assert.equal((await keycloakAdmin(realm, 'DELETE', `${mappers}/${claims?.id}`)).status, 204)
    const extra = {
      name: 'extra',
      protocol: 'openid-connect',
      protocolMapper: 'oidc-hardcoded-claim-mapper',
      config: { 'claim.name': 'extra', 'claim.value': 'x', 'access.token.claim': 'true' },
    }
    assert.equal((await keycloakAdmin(realm, 'POST', mappers, extra)).status, 201)
    await put('/identity-provider/instances/authstack', (now) => ({
      ...now,
      config: { ...(now.config as object), jwtAuthorizationGrantAllowedClockSkew: '500' },
    }))
  }
})
