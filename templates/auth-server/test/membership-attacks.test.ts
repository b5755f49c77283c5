import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DenialWorld, openDenialWorld } from './support/denial/denial-world.ts'
import { membershipAttacks } from './support/denial/membership-attacks.ts'
import { instance } from './support/identity.ts'

/** The checks that actions make themselves: each is attacked here, and taken away in mutation.test.ts. */
describe('attacks on memberships', {
  skip: !instance && 'AUTHSTACK_TEST_INSTANCE is not set',
}, () => {
  if (!instance) return
  const at = instance
  let world: DenialWorld
  before(async () => {
    world = await openDenialWorld(at)
  })
  after(() => world?.close())

  for (const { name, run } of membershipAttacks) {
    test(name, async () => assert.equal(await run(world, world.ask), null))
  }
})
