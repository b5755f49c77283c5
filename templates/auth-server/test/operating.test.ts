import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { instance } from './support/identity.ts'
import { type Call, call, must } from './support/instance.ts'
import { createOrganization, type Person, signUp, tokenFor } from './support/person.ts'
import { cannotStartApi, type OwnApi, startApi } from './support/start-api.ts'

const site = instance as NonNullable<typeof instance>

describe('operating', { skip: cannotStartApi(instance) }, () => {
  let api: OwnApi
  let person: Person
  let organizationId: string
  let token: string

  before(async () => {
    api = await startApi(site)
    person = await signUp(api.instance, 'operating')
    organizationId = await createOrganization(api.instance, person, 'Operating')
    token = await tokenFor(api.instance, person, organizationId)
  })
  after(() => api?.stop())

  const members = (how: Call = { token }) =>
    call(api.instance, 'GET', `/organizations/${organizationId}/members`, how)

  test('the log names every request, and no password, token, key or address of anybody', async () => {
    const login = await must(api.instance, 200, 'POST', '/auth/login', {
      body: { email: person.email, password: person.password },
    })
    const { accessToken, refreshToken } = login.body
    await must(api.instance, 200, 'POST', '/auth/refresh', { body: { refreshToken } })
    // What goes wrong is logged with more words, so it is tried as well.
    const wrong = `wrong ${person.password}`
    await call(api.instance, 'POST', '/auth/login', {
      body: { email: person.email, password: wrong },
    })
    await call(api.instance, 'POST', '/auth/refresh', {
      body: { refreshToken: `${refreshToken}x` },
    })
    await call(api.instance, 'POST', '/auth/password-reset', { body: { email: person.email } })
    await call(api.instance, 'POST', '/auth/verify-email', {
      body: { token: 'planted-link-token' },
    })
    await call(api.instance, 'GET', `/auth/authorize?client=${site.nativeKey}&state=planted-state`)
    await must(api.instance, 201, 'POST', `/organizations/${organizationId}/invitations`, {
      token,
      body: { email: 'planted-invitee@example.com', role: 'member' },
    })
    const { headers } = await members()
    await sleep(600)

    const log = api.log()
    const lines = log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const line = lines.find(({ requestId }) => requestId === headers.get('x-request-id'))
    assert.equal(line?.path, `/api/v1/organizations/${organizationId}/members`)
    assert.equal(line?.status, 200)
    const planted = {
      password: person.password,
      'wrong password': wrong,
      'access token': accessToken,
      'its signature': accessToken.split('.')[2],
      'organization token': token,
      'refresh token': refreshToken,
      key: site.nativeKey,
      email: person.email,
      "another's email": 'planted-invitee',
      'link token': 'planted-link-token',
      state: 'planted-state',
    }
    for (const [what, text] of Object.entries(planted)) {
      assert.equal(log.includes(text), false, `the log holds the ${what}`)
    }
  })

  test('/metrics is on the operator socket only, and counts by route template', async () => {
    await members()
    const outside = await fetch(`${api.url}/metrics`)
    assert.equal(outside.status, 404)
    const text = await metrics(api.operatorSocket)
    const route = 'method="GET",route="/api/v1/organizations/:orgId/members",status="200"'
    assert.match(
      text,
      new RegExp(`authstack_http_request_duration_seconds_count\\{${route}\\} \\d+`),
    )
    for (const name of [
      'authstack_http_request_duration_seconds_bucket',
      'authstack_http_problems_total',
      'authstack_db_connections{mode="live",pool="reader",state="used"}',
      'authstack_access_lookups_total{mode="live",cache="tokens",result="hit"}',
      'authstack_access_entries{mode="live",cache="memberships"}',
      'authstack_outbox_waiting{mode="live"}',
      'nodejs_eventloop_lag_p99_seconds',
    ]) {
      assert.ok(text.includes(name), name)
    }
    assert.equal(text.includes(organizationId), false, 'an id would be a series of its own')
  })

  test('a storm across SIGTERM: every request that was sent is answered', async () => {
    const [old, next] = await Promise.all([startApi(site), startApi(site)])
    let live = old
    let isOver = false
    let answered = 0
    const path = `/organizations/${organizationId}/members`
    const storm = Array.from({ length: 24 }, async () => {
      while (!isOver) {
        // As the front does: whoever is live when the request comes.
        const { status } = await call(live.instance, 'GET', path, { token })
        assert.equal(status, 200)
        answered++
      }
    })
    await sleep(500)
    live = next
    const ended = await old.stop()
    await sleep(500)
    isOver = true
    await Promise.all(storm)
    await next.stop()
    assert.equal(ended, 0)
    assert.ok(answered > 100, `${answered} answered`)
  })

  test('a request in flight at SIGTERM is finished, and told to come back elsewhere', async () => {
    const own = await startApi(site)
    const slow = call(own.instance, 'POST', '/auth/login', {
      body: { email: person.email, password: person.password },
    })
    await sleep(60)
    const ended = own.stop()
    assert.equal((await slow).status, 200)
    assert.equal(await ended, 0)
  })
})

function metrics(socketPath: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path: '/metrics' }, (response) => {
      assert.equal(response.statusCode, 200)
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve(text))
    })
    sent.on('error', reject).end()
  })
}
