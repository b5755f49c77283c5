import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VerifiedToken } from './access.ts'
import { TokenMemory } from './token-memory.ts'

const inAnHour = Math.floor(Date.now() / 1000) + 3600
const verified = (userId: string, exp = inAnHour): VerifiedToken => ({
  userId,
  sessionId: 's',
  organizationId: null,
  claims: { exp },
})
const AUDIENCE = 'authstack-api'

test('only the very token that was verified is known, and only for its audience', async () => {
  const memory = new TokenMemory(10)
  await memory.verify('head.ada.signature', AUDIENCE, async () => verified('ada'))
  assert.equal(memory.known('head.ada.signature', AUDIENCE)?.userId, 'ada')
  // Other claims under a copied signature, and what only looks alike.
  for (const token of [
    'head.ben.signature',
    'other.ada.signature',
    'signature',
    'x.head.ada.signature',
  ]) {
    assert.equal(memory.known(token, AUDIENCE), null)
  }
  assert.equal(memory.known('head.ada.signature', 'app:acme'), null)
})

test('a forgery with a copied signature does not share the answer that the real token waits for', async () => {
  const memory = new TokenMemory(10)
  let settle = (_: VerifiedToken | null) => {}
  const waiting = new Promise<VerifiedToken | null>((resolve) => {
    settle = resolve
  })
  const real = memory.verify('head.ada.signature', AUDIENCE, () => waiting)
  const forged = memory.verify('head.ben.signature', AUDIENCE, async () => null)
  const elsewhere = memory.verify('head.ada.signature', 'app:acme', async () => null)
  settle(verified('ada'))
  assert.equal(await forged, null)
  assert.equal(await elsewhere, null)
  assert.equal((await real)?.userId, 'ada')
})

test('the same question at once is asked once; no, and a fault, are not remembered', async () => {
  const memory = new TokenMemory(10)
  let asked = 0
  const ask = async () => {
    asked += 1
    return null
  }
  await Promise.all([memory.verify('a.b.c', AUDIENCE, ask), memory.verify('a.b.c', AUDIENCE, ask)])
  assert.equal(asked, 1)
  await assert.rejects(memory.verify('a.b.c', AUDIENCE, () => Promise.reject(new Error('away'))))
  await memory.verify('a.b.c', AUDIENCE, ask)
  assert.equal(asked, 2)
  assert.equal(memory.size, 0)
})

test('a token that has expired is not known', async () => {
  const memory = new TokenMemory(10)
  await memory.verify('a.b.c', AUDIENCE, async () => verified('ada', inAnHour - 7200))
  assert.equal(memory.known('a.b.c', AUDIENCE), null)
  assert.equal(memory.size, 0)
})
