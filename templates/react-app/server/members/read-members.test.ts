import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { close, listen } from '../testing/fake-instance.ts'
import { membersOf } from './read-members.ts'

const secretKey = 'authstack_sec_live_abcdefgh_secret_123456'
const seen: string[] = []
let answer: (url: URL) => [number, unknown]
const server = createServer((request, response) => {
  seen.push(String(request.headers['x-authstack-secret']))
  const [status, body] = answer(new URL(request.url ?? '', 'http://x'))
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
})
let endpoint: string
before(async () => {
  endpoint = await listen(server)
})
after(() => close(server))

const row = (userId: string) => ({
  userId,
  email: `${userId}@example.com`,
  name: 'A',
  role: { id: 'r', slug: 'admin', name: 'Admin' },
  status: 'active',
})

test('reads every page with the secret key, and keeps what the table needs', async () => {
  answer = (url) => {
    assert.equal(url.pathname, '/api/v1/backend/organizations/org-1/members')
    const isLast = url.searchParams.get('after') === 'c1'
    const page = { nextCursor: isLast ? null : 'c1', hasMore: !isLast }
    return [200, { data: [row(isLast ? 'ben' : 'ada')], page }]
  }
  const members = await membersOf({ endpoint, secretKey })('org-1')
  assert.deepEqual(members, [
    { userId: 'ada', email: 'ada@example.com', name: 'A', role: 'admin', status: 'active' },
    { userId: 'ben', email: 'ben@example.com', name: 'A', role: 'admin', status: 'active' },
  ])
  assert.deepEqual(seen, [secretKey, secretKey])
})

test('an organization that is gone has no members; a key that lacks the scope is an error', async () => {
  answer = () => [404, { code: 'not_found', title: 'x' }]
  assert.equal(await membersOf({ endpoint, secretKey })('org-1'), null)
  answer = () => [403, { code: 'scope_required', title: 'x' }]
  await assert.rejects(membersOf({ endpoint, secretKey })('org-1'), { code: 'scope_required' })
})
