import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import {
  type AuthStackClient,
  createClient,
  isAuthStackError,
  verifyWebhook,
} from '@authstack/react/server'
import { signWebhook } from '../src/webhooks/sign-webhook.ts'
import { instance } from './support/identity.ts'
import { cannotOperate, operate, operatorToken } from './support/operate.ts'
import { signUp } from './support/person.ts'

const site = instance as NonNullable<typeof instance>

describe('createClient of @authstack/react/server', { skip: cannotOperate }, () => {
  let operator: string
  let keyId: string
  let authstack: AuthStackClient
  before(async () => {
    operator = await operatorToken()
    const made = await operate(operator, 'POST', '/keys', {
      kind: 'secret',
      name: 'client-test',
      scopes: ['organizations:read', 'organizations:write', 'users:read', 'users:write'],
    })
    keyId = made.body.id
    authstack = createClient({ endpoint: site.api, secretKey: made.body.key })
  })
  after(() => operate(operator, 'POST', `/keys/${keyId}/revoke`))

  test('does against the instance what its types say', async () => {
    const owner = await signUp(site, 'client-owner')
    const name = `Client ${randomBytes(4).toString('hex')}`
    const idempotencyKey = randomBytes(8).toString('hex')
    const make = () =>
      authstack.organizations.create({ name, owner: { email: owner.email } }, { idempotencyKey })
    const organization = await make()
    assert.equal((await make()).id, organization.id)
    assert.deepEqual(await authstack.organizations.get(organization.id), organization)

    const email = `client-${randomBytes(5).toString('hex')}@client.example`
    const user = await authstack.users.create({ email, emailVerified: true, firstName: 'Ben' })
    const members = authstack.organizations.members
    await members.add(organization.id, { user: { userId: user.id }, role: 'viewer' })
    await members.update(organization.id, user.id, { role: 'admin' })
    const found: string[] = []
    for await (const member of members.list(organization.id, { limit: 1 })) {
      found.push(`${member.email} ${member.role.slug}`)
    }
    assert.deepEqual(found, [`${owner.email} owner`, `${email} admin`])
    const first = await members.list(organization.id, { limit: 1 })
    assert.equal(first.page.hasMore, true)

    assert.equal((await authstack.users.suspend(user.id)).state, 'disabled')
    assert.equal((await authstack.users.reactivate(user.id)).state, 'active')
    assert.deepEqual(await authstack.users.revokeSessions(user.id), { revoked: 0 })
    await members.remove(organization.id, user.id)
    const gone = await members.get(organization.id, user.id).catch((error) => error)
    assert.ok(isAuthStackError(gone))
    assert.deepEqual([gone.code, gone.status], ['not_found', 404])
    assert.match(String(gone.requestId), /^[0-9a-f-]{36}$/)
  })

  test('an id from outside cannot leave its place in the path', async () => {
    const error = await authstack.organizations.get('../users').catch((caught) => caught)
    assert.equal(error.code, 'not_found')
  })
})

test('what this server signs is what @authstack/react/server takes, also with two secrets', () => {
  const [one = '', two = ''] = [0, 1].map(() => `whsec_${randomBytes(32).toString('base64')}`)
  const body = JSON.stringify({
    type: 'member.removed',
    timestamp: new Date().toISOString(),
    data: { organizationId: 'o', actor: { kind: 'user', id: 'u' }, target: null },
  })
  const timestampSeconds = Math.floor(Date.now() / 1000)
  const headers = signWebhook(`${two} ${one}`, { id: 'evt-1', timestampSeconds, body })
  for (const secret of [one, two]) {
    assert.equal(verifyWebhook(body, headers, secret).type, 'member.removed')
  }
  assert.throws(() => verifyWebhook(`${body} `, headers, one), { code: 'webhook_signature_wrong' })
})
