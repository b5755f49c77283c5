import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { instance, keycloakUrl } from '../lib/instance.ts'
import { newOrganization, newPerson, type Person } from '../lib/people.ts'
import { type Answer, type Asking, request } from '../lib/request.ts'

/** Every client that Keycloak puts into a realm by itself. */
const builtIn = [
  'admin-cli',
  'account',
  'account-console',
  'security-admin-console',
  'broker',
  'realm-management',
]

/** Below /realms/<realm>; none of them is listed for the outside. */
const hidden = [
  '',
  '/',
  '/account',
  '/account/',
  '/account/applications',
  '/clients-registrations/default',
  '/clients-registrations/openid-connect',
  '/protocol/openid-connect/token',
  '/protocol/openid-connect/token/introspect',
  '/protocol/openid-connect/userinfo',
  '/protocol/openid-connect/logout',
  '/protocol/openid-connect/logout/backchannel-logout',
  '/protocol/openid-connect/revoke',
  '/protocol/openid-connect/registrations',
  '/protocol/openid-connect/forgot-credentials',
  '/protocol/openid-connect/login-status-iframe.html',
  '/protocol/openid-connect/3p-cookies/step1.html',
  '/protocol/openid-connect/auth/device',
  '/protocol/openid-connect/ext/par/request',
  '/protocol/openid-connect/ext/ciba/auth',
  '/protocol/openid-connect/delegated',
  '/protocol/docker-v2/auth',
  '/device',
  '/authz/protection/resource_set',
  '/authz/protection/permission',
  '/admin/users',
  '/certs',
]

/** At the root of Keycloak. */
const rootPaths = [
  '/admin',
  '/admin/',
  '/admin/master/console/',
  '/admin/realms',
  '/admin/realms/master/users',
  '/admin/serverinfo',
  '/js/keycloak.js',
  '/metrics',
  '/health',
  '/health/ready',
  '/realms',
  '/realms/',
  '/lb-check',
  '/welcome',
]

/** Ways around a prefix match. */
const disguises = (realm: string) => [
  `/realms/${realm}/broker/../protocol/openid-connect/token`,
  `/realms/${realm}/broker/..%2fprotocol/openid-connect/token`,
  `/realms/${realm}/broker/%2e%2e/protocol/openid-connect/token`,
  `/realms/${realm}/login-actions/..;/protocol/openid-connect/token`,
  `/realms/${realm}/protocol/openid-connect/certs/../token`,
  `/realms/${realm}/protocol/openid-connect/auth/../token`,
  `/realms/${realm}/protocol/openid-connect/%74oken`,
  `/realms/${realm}/protocol//openid-connect/token`,
  `//realms/${realm}/protocol/openid-connect/token`,
  `/resources/../realms/${realm}/protocol/openid-connect/token`,
  `/resources/..%2f..%2frealms/${realm}/protocol/openid-connect/token`,
  `/Realms/${realm}/protocol/openid-connect/token`,
  `/realms/${realm}/.well-known/../protocol/openid-connect/token`,
  `/realms/${realm}\\protocol\\openid-connect\\token`,
  `/resources/../admin/realms`,
  `/resources/%2e%2e/admin/realms`,
  `/realms/${realm}/broker/../../../admin/realms`,
]

describe('from outside, Keycloak shows only the listed paths', () => {
  const { api } = instance()
  let person: Person
  let realms: string[]
  before(async () => {
    person = await newPerson('visitor')
    const { id } = await newOrganization(person)
    realms = ['live-accounts', `live-org-${id}`]
  })
  const everywhere = () => [...realms, 'test-accounts', 'operators', 'master']

  test('hidden paths of every realm are our own 404, by GET and by POST', async () => {
    for (const realm of everywhere()) {
      for (const path of hidden) {
        for (const method of ['GET', 'POST']) {
          await expectHidden(`${api}/realms/${realm}${path}`, { method })
        }
      }
    }
  })

  test('admin, metrics, health and the rest of the root are hidden', async () => {
    for (const path of rootPaths) {
      for (const method of ['GET', 'POST']) await expectHidden(`${api}${path}`, { method })
    }
  })

  test('master and operators show nothing at all, not even their keys', async () => {
    for (const realm of ['master', 'operators', 'MASTER', 'm%61ster', 'operator%73']) {
      for (const path of [
        '/.well-known/openid-configuration',
        '/protocol/openid-connect/certs',
        '/protocol/openid-connect/auth?client_id=security-admin-console&response_type=code',
        '/broker/x/endpoint',
        '/login-actions/authenticate',
        '/protocol/saml',
      ]) {
        await expectHidden(`${api}/realms/${realm}${path}`)
      }
    }
  })

  test('no disguise of a path gets to a token endpoint or to the admin API', async () => {
    for (const realm of realms) {
      for (const path of disguises(realm)) {
        const form = passwordGrant('admin-cli', person, person.id)
        const answer = await request(api + path, form).catch((error: Error) => error)
        if (answer instanceof Error) continue
        assert.ok(answer.status >= 400 && !cameFromKeycloak(answer), `${path}: ${shown(answer)}`)
      }
    }
  })

  test('a forged X-Forwarded-Host or Host changes no issuer', async () => {
    const url = `${api}/realms/live-accounts/.well-known/openid-configuration`
    const honest = (await request(url)).body.issuer
    assert.equal(honest, `${api}/realms/live-accounts`)
    const forged: Record<string, string>[] = [
      { 'x-forwarded-host': 'evil.example' },
      { 'x-forwarded-proto': 'https', 'x-forwarded-port': '1' },
      { forwarded: 'host=evil.example' },
      { host: 'evil.example' },
      { 'x-forwarded-prefix': '/evil' },
    ]
    for (const headers of forged) {
      const answer = await request(url, { headers })
      assert.doesNotMatch(answer.text, /evil/, JSON.stringify(headers))
      if (answer.status === 200) assert.equal(answer.body.issuer, honest)
    }
  })

  test('what a sign-in through a provider needs is open: keys, discovery, auth', async () => {
    for (const realm of realms) {
      const keys = await request(`${api}/realms/${realm}/protocol/openid-connect/certs`)
      assert.equal(keys.status, 200)
      assert.ok(keys.body.keys.length >= 1)
      const discovery = await request(`${api}/realms/${realm}/.well-known/openid-configuration`)
      assert.equal(discovery.status, 200)
      const auth = await request(`${api}/realms/${realm}/protocol/openid-connect/auth`)
      assert.notEqual(auth.status, 404)
    }
  })

  test('built-in clients start no sign-in at the open auth path', async () => {
    for (const realm of realms) {
      for (const client of builtIn) {
        const search = new URLSearchParams({
          client_id: client,
          response_type: 'code',
          scope: 'openid',
          redirect_uri: `${api}/realms/${realm}/account/`,
        })
        const answer = await request(
          `${api}/realms/${realm}/protocol/openid-connect/auth?${search}`,
        )
        assert.ok(answer.status >= 400, `${realm} ${client}: ${shown(answer)}`)
        assert.doesNotMatch(answer.text, /<input[^>]+password/i)
      }
    }
  })
})

describe('even on the loopback port, built-in clients give no token', () => {
  let person: Person
  let realms: string[]
  before(async () => {
    person = await newPerson('insider')
    const { id } = await newOrganization(person)
    realms = ['live-accounts', 'test-accounts', 'operators', `live-org-${id}`]
  })

  test('by password, by client credentials, by a device code', async () => {
    for (const realm of realms) {
      for (const client of builtIn) {
        for (const asking of [
          passwordGrant(client, person, person.email),
          passwordGrant(client, person, person.id),
          form({ grant_type: 'client_credentials', client_id: client }),
          form({
            grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
            client_id: client,
            device_code: 'x',
          }),
        ]) {
          const url = `${keycloakUrl()}/realms/${realm}/protocol/openid-connect/token`
          const answer = await request(url, asking)
          assert.ok(
            answer.status === 401 || answer.status === 400,
            `${realm} ${client}: ${shown(answer)}`,
          )
          // 400 would be "wrong password": a door that is there. Disabled and secret clients are 401.
          assert.notEqual(answer.body?.error, 'invalid_grant', `${realm} ${client} tries passwords`)
          assert.equal(answer.body?.access_token, undefined)
        }
      }
    }
  })

  test('self-registration of clients is closed', async () => {
    for (const realm of realms) {
      const url = `${keycloakUrl()}/realms/${realm}/clients-registrations/openid-connect`
      const answer = await request(url, { json: { redirect_uris: ['https://evil.example/'] } })
      assert.ok([401, 403].includes(answer.status), `${realm}: ${shown(answer)}`)
    }
  })

  test('the bootstrap administrator is gone', async () => {
    const url = `${keycloakUrl()}/realms/master/protocol/openid-connect/token`
    for (const [username, password] of [
      ['admin', 'admin'],
      ['temp-admin', 'admin'],
    ]) {
      const asking = form({ grant_type: 'password', client_id: 'admin-cli', username, password })
      const answer = await request(url, asking)
      assert.ok([400, 401].includes(answer.status), shown(answer))
    }
  })
})

async function expectHidden(url: string, asking: Asking = {}): Promise<void> {
  const answer = await request(url, asking)
  assert.equal(answer.status, 404, `${asking.method ?? 'GET'} ${url}: ${shown(answer)}`)
  assert.ok(!cameFromKeycloak(answer), `${url} reached Keycloak: ${shown(answer)}`)
  assert.match(String(answer.headers['content-type']), /^application\/problem\+json/, url)
}

/** Keycloak's own answers have these marks; ours are problem+json or a page of ours. */
function cameFromKeycloak(answer: Answer): boolean {
  return /"error(_description)?"\s*:|keycloak|access_token/i.test(
    answer.text.replace(/https?:\S+/g, ''),
  )
}

function passwordGrant(client: string, person: Person, username: string): Asking {
  return form({
    grant_type: 'password',
    client_id: client,
    username,
    password: person.password,
  })
}

function form(values: Record<string, string | undefined>): Asking {
  const filled = Object.entries(values).filter((pair): pair is [string, string] => !!pair[1])
  return {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    raw: new URLSearchParams(filled).toString(),
  }
}

function shown(answer: Answer): string {
  return `${answer.status} ${answer.headers['content-type']} ${answer.text.slice(0, 200)}`
}
