import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type Ask, asker } from './support/denial/ask.ts'
import { checkDenials } from './support/denial/check-denials.ts'
import { codeMutations } from './support/denial/code-mutations.ts'
import { type DenialWorld, openDenialWorld } from './support/denial/denial-world.ts'
import { type Denial, denialsOf } from './support/denial/denials.ts'
import { membershipAttacks } from './support/denial/membership-attacks.ts'
import type { DocumentedRoute } from './support/denial/routes-of-document.ts'
import { takeSnapshot } from './support/denial/snapshot.ts'
import { instance } from './support/identity.ts'
import { type SourceChange, startApi } from './support/start-api.ts'

/** One route for each thing that a guard can demand; the whole matrix would only say it again. */
const ROUTES = [
  ...['getConfig', 'getMe', 'updateMe', 'createOrganization', 'getOrganization', 'listMembers'],
  ...['updateOrganization', 'updateMember', 'introspect', 'deleteOrganization', 'revokeSession'],
]

/**
 * The suites have teeth: a server without one of its checks runs beside the real one, and the denial
 * matrix or an attack on memberships must say so. A few in the short form, all with AUTHSTACK_FULL=1.
 */
describe('mutation', { skip: !instance && 'AUTHSTACK_TEST_INSTANCE is not set' }, () => {
  if (!instance) return
  const at = instance
  const tried = codeMutations.filter(({ short }) => short || process.env.AUTHSTACK_FULL === '1')
  let world: DenialWorld
  /** Put back after each, or the next check would be blamed for what a spoilt server did. */
  let snapshot: { restore(): Promise<void> }
  let matrix: { route: DocumentedRoute; denials: Denial[] }[]

  before(async () => {
    world = await openDenialWorld(at)
    matrix = await Promise.all(
      world.routes
        .filter(({ id }) => ROUTES.includes(id))
        .map(async (route) => ({ route, denials: await denialsOf(world, route) })),
    )
    await world.lacking('organization:delete')
    const { mine, theirs, second, deleted } = world
    const tenants = [mine, theirs, second, deleted].map(({ id }) => id)
    const { rows: members } = await world.rows.live.query(
      `select user_id from memberships where tenant_id = any ($1)`,
      [tenants],
    )
    const people = [...members.map((row) => row.user_id), world.removed.userId]
    snapshot = await takeSnapshot(world.rows.live, tenants, people)
  })
  after(() => world?.close())

  /** What the server lets through that it must not, up to the first; null when it holds. */
  async function firstFault(ask: Ask): Promise<string | null> {
    for (const { route, denials } of matrix) {
      const [fault] = await checkDenials(ask, route, denials)
      if (fault) return fault
    }
    for (const { name, run } of membershipAttacks) {
      const fault = await run(world, ask).catch((error: Error) => error.message)
      if (fault) return `${name}: ${fault}`
    }
    return null
  }

  async function faultWith(source: SourceChange[]): Promise<string | null> {
    const api = await startApi(at, { source })
    try {
      return await firstFault(asker(api.url, true))
    } finally {
      await api.kill()
      await snapshot.restore()
    }
  }

  test('the untouched source holds', async () => assert.equal(await faultWith([]), null))

  for (const change of tried) {
    test(`without "${change.from.trim().slice(0, 70)}" of ${change.file}`, async (t) => {
      const fault = await faultWith([change])
      assert.notEqual(fault, null, 'nothing noticed that this check is gone')
      t.diagnostic(String(fault).slice(0, 200))
    })
  }

  test('every check of the list is where the list says', () => {
    const moved = codeMutations.filter(({ file, from }) => {
      const text = readFileSync(join(import.meta.dirname, '../src', file), 'utf8')
      return text.split(from).length !== 2
    })
    assert.deepEqual(moved, [], 'say in support/denial/code-mutations.ts where these are now')
  })
})
