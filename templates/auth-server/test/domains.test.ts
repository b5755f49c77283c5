import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { type DnsServer, openDnsServer } from './support/dns-server.ts'
import { call, type Instance, mailedToken, must, readInstance } from './support/instance.ts'
import { assertMasked } from './support/masked.ts'
import { createOrganization, type Person, signUp, tokenFor } from './support/person.ts'
import { cannotStartApi, type OwnApi, startApi } from './support/start-api.ts'

const running = readInstance()

describe('mail domains over HTTP, with a real DNS server', {
  skip: cannotStartApi(running),
}, () => {
  if (!running) return
  const tag = randomBytes(4).toString('hex')
  const domain = `acme-${tag}.com`
  const password = `correct horse ${tag}`
  let dns: DnsServer
  let api: OwnApi
  let instance: Instance
  let owner: Person
  let other: Person
  let orgId: string
  let otherId: string
  let domains: string
  let token: string
  let otherToken: string

  before(async () => {
    dns = await openDnsServer()
    api = await startApi(running, { env: { AUTHSTACK_DNS_SERVERS: dns.address } })
    instance = api.instance
    ;[owner, other] = await Promise.all([signUp(instance, 'Olga'), signUp(instance, 'Otto')])
    orgId = await createOrganization(instance, owner, `Domains ${tag}`)
    otherId = await createOrganization(instance, other, `Others ${tag}`)
    domains = `/organizations/${orgId}/domains`
    token = await tokenFor(instance, owner, orgId)
    otherToken = await tokenFor(instance, other, otherId)
  })
  after(async () => {
    await api?.stop()
    await dns?.close()
  })

  const claim = (name: string, path = domains, by = token) =>
    call(instance, 'POST', path, { token: by, body: { domain: name } })

  /** Signs up at an address and proves it, which also signs in. */
  async function joinAt(email: string) {
    await must(instance, 201, 'POST', '/auth/signup', { body: { email, password } })
    const mailed = await mailedToken(instance, email, 'Verify')
    return (await must(instance, 200, 'POST', '/auth/verify-email', { body: { token: mailed } }))
      .body
  }

  test('bad domains are refused at the field, and public mail services by name', async () => {
    for (const name of ['', 'gmail.com', 'co.uk', 'localhost', '10.0.0.1', 'a@b.com', 'x\0.com']) {
      const answer = await claim(name)
      assert.deepEqual([answer.status, answer.body.errors[0].pointer], [400, '/domain'], name)
    }
  })

  test('claimed, found in the DNS, verified; until then nobody joins by it', async () => {
    const claimed = await claim(`ACME-${tag}.com`)
    assert.deepEqual(
      [claimed.status, claimed.body.domain, claimed.body.status],
      [201, domain, 'pending'],
    )
    const path = `${domains}/${claimed.body.id}`
    const early = await call(instance, 'POST', `${path}/verify`, { token })
    assert.deepEqual([early.status, early.body.code], [409, 'domain_not_verified'])
    assert.deepEqual(early.body.record, claimed.body.record)
    const open = await call(instance, 'PATCH', path, { token, body: { autoJoin: true } })
    assert.deepEqual([open.status, open.body.code], [409, 'domain_not_verified'])
    dns.isBroken = true
    const away = await call(instance, 'POST', `${path}/verify`, { token })
    assert.deepEqual([away.status, away.body.code], [503, 'unavailable'])
    assert.ok(Number(away.headers.get('retry-after')) > 0)
    dns.isBroken = false
    dns.records.set(claimed.body.record.name, [claimed.body.record.value])
    const verified = await must(instance, 200, 'POST', `${path}/verify`, { token })
    assert.equal(verified.body.status, 'verified')
    assert.deepEqual(new Set(dns.asked), new Set([`_authstack-challenge.${domain}`]))
    const joined = await joinAt(`early@${domain}`)
    assert.deepEqual(joined.organizations, [], 'verified is not yet open')
    await must(instance, 200, 'PATCH', path, { token, body: { autoJoin: true } })
    const list = await must(instance, 200, 'GET', domains, { token })
    assert.deepEqual(
      [list.body.data.length, list.body.data[0].autoJoin, list.body.data[0].autoJoinRole.slug],
      [1, true, 'member'],
    )
  })

  test('who proves an address there is in, who signs in with one comes in, others do not', async () => {
    const proved = await joinAt(`new@${domain}`)
    assert.deepEqual(
      proved.organizations.map(({ id, role }: { id: string; role: string }) => [id, role]),
      [[orgId, 'member']],
    )
    const known = await must(instance, 200, 'POST', '/auth/login', {
      body: { email: `early@${domain}`, password, organizationId: orgId },
    })
    assert.equal(known.body.organization.role, 'member')
    const sub = await joinAt(`sub@eng.${domain}`)
    assert.deepEqual(sub.organizations, [])
    const mine = await must(instance, 200, 'GET', '/me/joinable-organizations', {
      token: sub.accessToken,
    })
    assert.deepEqual(mine.body.data, [])
    const refused = await call(instance, 'POST', `/organizations/${orgId}/join`, {
      token: sub.accessToken,
    })
    await assertMasked(instance, refused, { token: sub.accessToken }, 'join')
  })

  test('who left can come back by choice, who was removed cannot', async () => {
    const login = () =>
      must(instance, 200, 'POST', '/auth/login', { body: { email: `new@${domain}`, password } })
    const first = (await login()).body
    const { accessToken } = (
      await must(instance, 200, 'POST', '/auth/switch', {
        token: first.accessToken,
        body: { organizationId: orgId },
      })
    ).body
    await must(instance, 204, 'POST', `/organizations/${orgId}/leave`, { token: accessToken })
    const again = (await login()).body
    assert.deepEqual(again.organizations, [])
    const joinable = await must(instance, 200, 'GET', '/me/joinable-organizations', {
      token: again.accessToken,
    })
    assert.deepEqual(joinable.body.data, [
      { id: orgId, slug: `domains-${tag}`, name: `Domains ${tag}`, logoUrl: null, domain },
    ])
    const back = await must(instance, 200, 'POST', `/organizations/${orgId}/join`, {
      token: again.accessToken,
    })
    assert.equal(back.body.role, 'member')
    await must(instance, 204, 'DELETE', `/organizations/${orgId}/members/${first.user.id}`, {
      token,
    })
    const removed = (await login()).body
    assert.deepEqual(removed.organizations, [])
    const shut = await call(instance, 'POST', `/organizations/${orgId}/join`, {
      token: removed.accessToken,
    })
    assert.equal(shut.status, 404)
  })

  test("from the other tenant's side: the same claim is theirs, a verified one nobody's, mine are not there", async () => {
    const path = `/organizations/${otherId}/domains`
    const theirs = await claim(domain, path, otherToken)
    assert.equal(theirs.status, 201, 'a claim tells nothing')
    dns.records.get(theirs.body.record.name)?.push(theirs.body.record.value)
    const taken = await call(instance, 'POST', `${path}/${theirs.body.id}/verify`, {
      token: otherToken,
    })
    assert.deepEqual([taken.status, taken.body.code], [409, 'conflict'])
    assert.ok(!JSON.stringify(taken.body).includes(`omains ${tag}`), 'whose it is, is not said')
    const list = await must(instance, 200, 'GET', domains, { token })
    const foreign = list.body.data[0].id
    for (const [method, url, body] of [
      ['PATCH', `${path}/${foreign}`, { autoJoin: true }],
      ['DELETE', `${path}/${foreign}`, undefined],
      ['POST', `${path}/${foreign}/verify`, undefined],
      ['DELETE', `${path}/${randomUUID()}`, undefined],
      ['GET', domains, undefined],
      ['POST', domains, { domain: 'example.org' }],
      ['DELETE', `${domains}/${foreign}`, undefined],
    ] as const) {
      const options = { token: otherToken, ...(body ? { body } : {}) }
      const answer = await call(instance, method, url, options)
      await assertMasked(instance, answer, { token: otherToken }, `${method} ${url}`)
    }
    const still = await must(instance, 200, 'GET', domains, { token })
    assert.equal(still.body.data[0].id, foreign)
  })

  test('a member without the permission sees and changes nothing', async () => {
    const login = await must(instance, 200, 'POST', '/auth/login', {
      body: { email: `early@${domain}`, password, organizationId: orgId },
    })
    for (const [method, url, body] of [
      ['GET', domains, undefined],
      ['POST', domains, { domain: 'example.org' }],
    ] as const) {
      const options = { token: login.body.accessToken, ...(body ? { body } : {}) }
      const answer = await call(instance, method, url, options)
      assert.deepEqual([answer.status, answer.body.code], [403, 'permission_denied'])
    }
  })
})
