import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { checkDenials } from './support/denial/check-denials.ts'
import { type DenialWorld, openDenialWorld } from './support/denial/denial-world.ts'
import { denialsOf, referenceTwins } from './support/denial/denials.ts'
import { changedBetween, readFootprint } from './support/denial/footprint.ts'
import { documentedRoutes } from './support/denial/routes-of-document.ts'
import { difference } from './support/denial/same-answer.ts'
import { instance } from './support/identity.ts'

/**
 * Every route of the OpenAPI document x everybody who may not call it. Tokens are signed with the keys
 * of the instance's own realms, so each is wrong in one thing alone.
 */
describe('denial matrix', { skip: !instance && 'AUTHSTACK_TEST_INSTANCE is not set' }, () => {
  if (!instance) return
  const at = instance
  let world: DenialWorld
  before(async () => {
    world = await openDenialWorld(at)
  })
  after(() => world?.close())

  for (const route of documentedRoutes()) {
    test(`${route.method} ${route.path}`, async () => {
      const denials = await denialsOf(world, route)
      const footprint = await readFootprint(world.rows.live)
      assert.ok(denials.length > 0, 'a route without a row')
      assert.deepEqual(await checkDenials(world.ask, route, denials), [])
      for (const { name, foreign, absent } of await referenceTwins(world, route)) {
        const [one, other] = [
          await world.ask(route.method, foreign.path, foreign.asking),
          await world.ask(route.method, absent.path, absent.asking),
        ]
        assert.ok(one.status >= 400, `"${name}" of another tenant was taken: ${one.text}`)
        assert.equal(difference(one, other), null, `"${name}": foreign and absent`)
      }
      const changed = changedBetween(footprint, await readFootprint(world.rows.live))
      assert.deepEqual(changed, [], 'a refusal wrote something')
    })
  }
})
