import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openChores } from './tend-organizations.ts'

const minute = 60_000

/** Services whose database only notes what it is asked, and fails where it should. */
function servicesThat(fails: (sql: string) => boolean = () => false) {
  const asked: string[] = []
  const raw = async (sql: string) => {
    const name = /definer\.(\w+)/.exec(sql)?.[1] ?? sql
    asked.push(name)
    if (fails(name)) throw new Error('away')
    return { rows: [] }
  }
  const services = {
    db: { hubQuery: () => ({ raw }) },
    keycloak: { realms: { templateHash: 'hash' } },
    log: { warn: () => {} },
  }
  return { asked, services: services as never }
}

const never = new AbortController().signal

test('a new version does nothing in its first minute: a deploy that fails has changed no realm', async () => {
  const { asked, services } = servicesThat()
  const tend = openChores(services, never, 0)
  await tend('live', minute - 1)
  assert.deepEqual(asked, [])
  await tend('live', minute)
  assert.deepEqual(asked, ['domains_due', 'organizations_off_template'])
})

test('idle organizations are looked for in test mode only', async () => {
  const { asked, services } = servicesThat()
  await openChores(services, never, 0)('test', minute)
  assert.deepEqual(asked, ['domains_due', 'idle_organizations', 'organizations_off_template'])
})

test('a chore that fails keeps no other from its turn, and comes again after its pause', async () => {
  const { asked, services } = servicesThat((name) => name === 'domains_due')
  const tend = openChores(services, never, 0)
  await tend('live', minute)
  assert.deepEqual(asked, ['domains_due', 'organizations_off_template'])
  await tend('live', minute + 3000)
  assert.equal(asked.length, 2, 'it rests')
  await tend('live', 2 * minute)
  assert.deepEqual(asked.slice(2), ['domains_due'])
})

test('a process that is ending begins nothing more', async () => {
  const { asked, services } = servicesThat()
  await openChores(services, AbortSignal.abort(), 0)('live', minute)
  assert.deepEqual(asked, [])
})
