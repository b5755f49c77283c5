import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { createApp } from '../app.ts'
import { readEnv } from '../env.ts'
import { close, listen, startFakeInstance, type TokenChanges } from '../testing/fake-instance.ts'
import { appVerifier } from '../verifier.ts'
import { openProjectStore, type Project } from './project-store.ts'

const everything = ['projects:view', 'projects:create', 'projects:edit', 'projects:delete']
const store = openProjectStore(':memory:')
let instance: Awaited<ReturnType<typeof startFakeInstance>>
let server: ReturnType<typeof createServer>
let origin: string
let acme: string
let globex: string

before(async () => {
  instance = await startFakeInstance()
  acme = await instance.addOrganization()
  globex = await instance.addOrganization()
  const env = readEnv({
    VITE_AUTHSTACK_KEY: 'ask_live_test',
    AUTHSTACK_ENDPOINT: instance.endpoint,
  })
  const verifier = appVerifier(env)
  server = createServer(createApp({ env, store, verifier, client: [], isProduction: true }))
  origin = await listen(server)
})

after(async () => {
  await Promise.all([close(server), instance.close()])
  store.close()
})

async function call(token: string | null, method = 'GET', path = '', body?: unknown) {
  const response = await fetch(`${origin}/api/projects${path}`, {
    method,
    headers: {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text ? JSON.parse(text) : null }
}

const create = async (organizationId: string, name: string): Promise<Project> =>
  (await call(await instance.token(organizationId, everything), 'POST', '', { name })).body

test('a member with every permission creates, lists, renames and deletes a project', async () => {
  const token = await instance.token(acme, everything)
  const created = await call(token, 'POST', '', { name: '  Launch plan ' })
  assert.equal(created.status, 201)
  assert.equal(created.body.name, 'Launch plan')
  assert.equal(created.body.createdBy, 'user-1')

  const renamed = await call(token, 'PATCH', `/${created.body.id}`, { name: 'Launch' })
  assert.equal(renamed.body.name, 'Launch')
  assert.deepEqual(
    (await call(token)).body.data.map((project: Project) => project.name),
    ['Launch'],
  )
  assert.equal((await call(token, 'DELETE', `/${created.body.id}`)).status, 204)
  assert.deepEqual((await call(token)).body.data, [])
})

test('no token, and a token that is none, are both 401', async () => {
  assert.equal((await call(null)).status, 401)
  assert.equal((await call('not.a.token')).status, 401)
})

const refused: [string, () => TokenChanges][] = [
  ['meant for the AuthStack API, not for this app', () => ({ claims: { aud: 'authstack-api' } })],
  ["meant for another project's backend", () => ({ claims: { aud: 'app:other' } })],
  ['whose organization differs from its issuer', () => ({ claims: { org_id: globex } })],
  ['signed by the realm of another organization', () => ({ signedBy: globex })],
  ['of test mode', () => ({ claims: { mode: 'test' } })],
  [
    'of an organization that the instance does not know',
    () => {
      const unknown = '00000000-0000-4000-8000-000000000000'
      return {
        claims: { iss: `${instance.endpoint}/realms/live-org-${unknown}`, org_id: unknown },
      }
    },
  ],
  ['that has expired', () => ({ claims: { exp: Math.floor(Date.now() / 1000) - 60 } })],
]
for (const [what, changes] of refused) {
  test(`a token ${what} is 401`, async () => {
    assert.equal((await call(await instance.token(acme, everything, changes()))).status, 401)
  })
}

test('a token without an organization reads nothing', async () => {
  const token = await instance.token(acme, everything, {
    claims: { iss: `${instance.endpoint}/realms/live-accounts`, org_id: undefined },
  })
  assert.ok([401, 403].includes((await call(token)).status))
})

test('each action needs its own permission, and the lack of it is 403', async () => {
  const project = await create(acme, 'Guarded')
  const actions: [string, string, string, unknown][] = [
    ['projects:view', 'GET', '', undefined],
    ['projects:create', 'POST', '', { name: 'No' }],
    ['projects:edit', 'PATCH', `/${project.id}`, { name: 'No' }],
    ['projects:delete', 'DELETE', `/${project.id}`, undefined],
  ]
  for (const [permission, method, path, body] of actions) {
    const allBut = everything.filter((name) => name !== permission)
    const answer = await call(await instance.token(acme, allBut), method, path, body)
    assert.equal(answer.status, 403, `${method} without ${permission}`)
  }
  assert.deepEqual(
    store.list(acme).map((row) => row.name),
    ['Guarded'],
  )
  store.remove(acme, project.id)
})

test('projects of one organization never show in, and cannot be touched from, another', async () => {
  const project = await create(acme, 'Secret of Acme')
  const other = await instance.token(globex, everything)
  assert.deepEqual((await call(other)).body.data, [])

  const absent = '11111111-1111-4111-8111-111111111111'
  for (const [method, body] of [
    ['PATCH', { name: 'Taken' }],
    ['DELETE', undefined],
  ] as const) {
    const foreign = await call(other, method, `/${project.id}`, body)
    assert.equal(foreign.status, 404)
    // A foreign project and one that never was must look the same, or ids could be probed.
    assert.deepEqual(foreign, await call(other, method, `/${absent}`, body))
  }
  assert.deepEqual(
    store.list(acme).map((row) => row.name),
    ['Secret of Acme'],
  )
})

test('an organization named in the body, the address or a header changes nothing', async () => {
  const token = await instance.token(globex, everything)
  const named = await call(token, 'POST', '', { name: 'Mine', organizationId: acme })
  assert.equal(named.status, 400)
  const headers = { Authorization: `Bearer ${token}` }
  const byQuery = await fetch(`${origin}/api/projects?organizationId=${acme}`, { headers })
  assert.deepEqual(await byQuery.json(), { data: [] })
  const byHeader = await fetch(`${origin}/api/projects`, {
    headers: { ...headers, 'X-Tenant-ID': acme },
  })
  assert.equal(byHeader.status, 404)
})

test('bad names and bad bodies are refused with a sentence', async () => {
  const token = await instance.token(acme, everything)
  for (const body of [
    {},
    { name: '' },
    { name: '   ' },
    { name: 7 },
    [],
    { name: 'x'.repeat(81) },
  ]) {
    const answer = await call(token, 'POST', '', body)
    assert.equal(answer.status, 400)
    assert.ok(answer.body.title.length > 10)
  }
  const broken = await fetch(`${origin}/api/projects`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: '{"name":',
  })
  assert.equal(broken.status, 400)
  const large = await call(token, 'POST', '', { name: 'x'.repeat(20_000) })
  assert.equal(large.status, 413)
})

test('the instance being down is 503, and the next request works when it is back', async () => {
  let isDown = true
  const env = readEnv({
    VITE_AUTHSTACK_KEY: 'ask_live_test',
    AUTHSTACK_ENDPOINT: instance.endpoint,
  })
  const verifier = appVerifier(env, (...input) =>
    isDown ? Promise.reject(new Error('connect refused')) : fetch(...input),
  )
  const own = createServer(createApp({ env, store, verifier, client: [], isProduction: true }))
  const address = await listen(own)
  const headers = { Authorization: `Bearer ${await instance.token(globex, everything)}` }
  assert.equal((await fetch(`${address}/api/projects`, { headers })).status, 503)
  isDown = false
  assert.equal((await fetch(`${address}/api/projects`, { headers })).status, 200)
  await close(own)
})
