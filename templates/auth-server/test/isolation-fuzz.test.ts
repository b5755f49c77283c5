import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { type Ask, asker, type Reply } from './support/denial/ask.ts'
import {
  type DocumentedRoute,
  documentedRoutes,
  fillPath,
} from './support/denial/routes-of-document.ts'
import { openRows, type Rows } from './support/denial/rows.ts'
import { sampleBody } from './support/denial/sample-body.ts'
import { type DnsServer, openDnsServer } from './support/dns-server.ts'
import {
  type FuzzPerson,
  type FuzzTenant,
  type FuzzWorld,
  seedFuzzWorld,
} from './support/fuzz/fuzz-world.ts'
import { type KeycloakDouble, openKeycloakDouble } from './support/fuzz/keycloak-double.ts'
import { readTenantSums } from './support/fuzz/tenant-sums.ts'
import { instance } from './support/identity.ts'
import { type OwnApi, startApi } from './support/start-api.ts'

const OPERATIONS = process.env.AUTHSTACK_FULL === '1' ? 10_000 : 2_000
const TENANTS = 50
/** Every so many operations the rows of all tenants are compared with before. */
const COMPARE_EVERY = 4
/** Operations end sessions and delete organizations: left alone, the world would die out. */
const REVIVE_EVERY = 1000

/** One request, good or hostile: who, with a token for what, which route, and whose things it names. */
interface Operation {
  person: number
  /** Of the person's own organizations, or of anybody's when `isForeignToken`. */
  tokenOf: number
  isForeignToken: boolean
  route: number
  /** The organization in the path: that of the token, or any. */
  isOtherPath: boolean
  pathOf: number
  /** Whose things the path and the body name. */
  isOtherThing: boolean
  thing: number
  isFullBody: boolean
}

const operation: fc.Arbitrary<Operation> = fc.record({
  person: fc.nat(),
  tokenOf: fc.nat(),
  isForeignToken: oneIn(6),
  route: fc.nat(),
  isOtherPath: oneIn(5),
  pathOf: fc.nat(),
  isOtherThing: oneIn(3),
  thing: fc.nat(),
  isFullBody: fc.boolean(),
})

function oneIn(n: number): fc.Arbitrary<boolean> {
  return fc.nat({ max: n - 1 }).map((drawn) => drawn === 0)
}

/**
 * Random operations of 150 people on 50 organizations, over HTTP, on every route of the document that
 * a person may call. A second opinion on who belongs where is asked of the tables themselves; no answer
 * may hold a mark of an organization or a person that the caller shares nothing with, and nothing may
 * change in an organization that the caller is not in.
 */
describe('isolation fuzz', { skip: !instance && 'AUTHSTACK_TEST_INSTANCE is not set' }, () => {
  if (!instance) return
  const at = instance
  const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31))
  const routes = documentedRoutes().filter(
    ({ who, id }) => /^(user|member)$/.test(who.kind) && id !== 'createOrganization',
  )
  let api: OwnApi
  let ask: Ask
  let rows: Rows
  let keycloak: KeycloakDouble
  let dns: DnsServer
  let world: FuzzWorld
  let keys: string[]
  /** Marks that a tenant has come to know lawfully: of its people, and what its members wrote. */
  const known = new Map<string, Set<string>>()
  let allMarks: Map<string, string>

  before(async () => {
    const publicUrl = String(at.publicUrl ?? at.api)
    rows = await openRows(String(at.pgSuperuserUrl), 'live')
    ;[keycloak, dns] = await Promise.all([openKeycloakDouble(publicUrl), openDnsServer()])
    api = await startApi(at, {
      env: { AUTHSTACK_KEYCLOAK_URL: keycloak.url, AUTHSTACK_DNS_SERVERS: dns.address },
    })
    ask = asker(api.url, true)
    const random = fc.sample(fc.nat({ max: 2 ** 30 }), { numRuns: 5_000, seed })
    let drawn = 0
    world = await seedFuzzWorld(
      rows,
      publicUrl,
      TENANTS,
      (below) => Number(random[drawn++]) % below,
    )
    keys = await Promise.all([0, 1, 2, 3, 4, 5].map(() => rows.key()))
    allMarks = new Map([
      ...world.tenants.flatMap(({ id, marker }): [string, string][] => [
        [marker, id],
        [id, id],
      ]),
      ...world.people.flatMap(({ id, marker }): [string, string][] => [
        [marker, id],
        [id, id],
      ]),
    ])
    for (const { id, marker } of world.tenants) known.set(id, new Set([id, marker]))
    await learnMembers()
  })
  after(async () => {
    await world?.remove()
    await api?.stop()
    await Promise.all([rows?.close(), keycloak?.close(), dns?.close()])
  })

  /** Whoever was a member once is known to the organization for good: its trail names them. */
  async function learnMembers(): Promise<void> {
    const ids = world.tenants.map(({ id }) => id)
    const { rows: members } = await rows.query(
      `select tenant_id, user_id from memberships where tenant_id = any ($1)`,
      [ids],
    )
    for (const { tenant_id: tenant, user_id: user } of members) {
      const person = world.people.find(({ id }) => id === user)
      known.get(tenant)?.add(user)
      if (person) known.get(tenant)?.add(person.marker)
    }
  }

  /** By the tables, and by nothing of the server's: the organizations that the person may act in now. */
  async function membershipsOf(person: FuzzPerson): Promise<Set<string>> {
    const { rows: found } = await rows.query(
      `select m.tenant_id from memberships m join organizations o using (tenant_id)
       where m.user_id = $1 and m.status = 'active' and o.status = 'active'`,
      [person.id],
    )
    return new Set(found.map((row) => row.tenant_id))
  }

  test(`${OPERATIONS} operations on ${TENANTS} organizations leak nothing (FUZZ_SEED=${seed})`, async () => {
    let count = 0
    const statuses: Record<string, number> = {}
    const failures: string[] = []
    let sums = await readTenantSums(rows, world.tenants)
    let touched = new Set<string>()
    const tail: string[] = []
    await fc.assert(
      fc.asyncProperty(operation, async (drawn) => {
        const { person, route, token, pathTenant, thingTenant, path, body } = await toRequest(drawn)
        const before = await membershipsOf(person)
        const reply = await ask(route.method, path, {
          headers: {
            'X-AuthStack-Key': String(keys[count % keys.length]),
            Authorization: `Bearer ${token}`,
          },
          body,
        })
        count++
        if (reply.status >= 500) failures.push(`${route.method} ${path}: ${reply.text}`)
        const outcome = `${Math.floor(reply.status / 100)}xx`
        statuses[outcome] = (statuses[outcome] ?? 0) + 1
        tail.push(
          `${person.id} ${route.method} ${path} ${JSON.stringify(body ?? null)} -> ${reply.status}`,
        )
        if (tail.length > COMPARE_EVERY * 2) tail.shift()
        // What reads, or was refused, changed nobody's memberships; the tables are compared all the same.
        const hasWritten = route.method !== 'GET' && reply.status < 300
        const after = hasWritten ? await membershipsOf(person) : before
        const mine = new Set([...before, ...after])
        const sent = path + JSON.stringify(body ?? '')
        learn(reply, route, pathTenant, mine, sent)
        if (hasWritten) await learnMembers()
        refuseIfStranger(route, reply, pathTenant, mine, tail)
        refuseLeaks(person, reply, mine, sent, tail)
        for (const id of mine) touched.add(id)
        if (thingTenant && mine.has(thingTenant.id)) touched.add(thingTenant.id)
        if (count % COMPARE_EVERY !== 0) return
        const now = await readTenantSums(rows, world.tenants)
        for (const { id } of world.tenants) {
          if (touched.has(id)) continue
          assert.equal(now.get(id), sums.get(id), `rows of ${id} changed by:\n${tail.join('\n')}`)
        }
        sums = now
        touched = new Set()
        if (count % REVIVE_EVERY !== 0) return
        await world.revive()
        await learnMembers()
        sums = await readTenantSums(rows, world.tenants)
      }),
      // The world moves on with each operation: a smaller one would not meet the same world again.
      { numRuns: OPERATIONS, seed, endOnFailure: true },
    )
    assert.equal(count, OPERATIONS)
    // A fuzz that is only ever refused proves little.
    assert.ok(Number(statuses['2xx']) > OPERATIONS / 5, JSON.stringify(statuses))
    assert.ok(Number(statuses['4xx']) > OPERATIONS / 5, JSON.stringify(statuses))
    assert.deepEqual(failures.slice(0, 5), [], `${failures.length} answers were 5xx`)
  })

  async function toRequest(drawn: Operation) {
    const person = world.people[drawn.person % world.people.length] as FuzzPerson
    const route = routes[drawn.route % routes.length] as DocumentedRoute
    const own = [...(await membershipsOf(person))]
    const any = (n: number) => world.tenants[n % world.tenants.length] as FuzzTenant
    const tokenTenant =
      drawn.isForeignToken || own.length === 0
        ? any(drawn.tokenOf)
        : world.tenants.find(({ id }) => id === own[drawn.tokenOf % own.length])
    const isHub = route.who.kind === 'user'
    const pathTenant = drawn.isOtherPath || !tokenTenant ? any(drawn.pathOf) : tokenTenant
    const thingTenant = drawn.isOtherThing ? any(drawn.thing) : pathTenant
    const token = await keycloak.sign(
      isHub || !tokenTenant ? 'live-accounts' : `live-org-${tokenTenant.id}`,
      {
        sub: person.id,
        aud: 'authstack-api',
        mode: 'live',
        as_sid: person.sessionId,
        amr: ['pwd'],
        ...(isHub || !tokenTenant ? {} : { org_id: tokenTenant.id, roles: ['owner'] }),
      },
    )
    const thingOf = (name: string): string => {
      if (name === 'orgId') return pathTenant.id
      if (name === 'userId')
        return (world.people[drawn.thing % world.people.length] as FuzzPerson).id
      if (name === 'sessionId')
        return (world.people[drawn.thing % world.people.length] as FuzzPerson).sessionId
      const things = thingTenant.things[name] ?? []
      return things[drawn.thing % Math.max(1, things.length)] ?? pathTenant.id
    }
    const values = Object.fromEntries(route.params.map((name) => [name, thingOf(name)]))
    const query = route.query.some(({ name }) => name === 'search')
      ? `?search=${any(drawn.thing).marker.slice(0, 5)}`
      : ''
    return {
      person,
      route,
      token,
      pathTenant: route.params.includes('orgId') ? pathTenant : null,
      thingTenant,
      path: fillPath(route.path, values) + query,
      body: route.body ? withThings(sampleBody(route.body, drawn.isFullBody), thingOf) : undefined,
    }
  }

  /** Fields that name a thing get one of the fuzz, own or foreign; the rest stays as the sample has it. */
  function withThings(body: Record<string, unknown>, thingOf: (name: string) => string) {
    const fields: Record<string, string> = {
      role: 'roleId',
      autoJoinRole: 'roleId',
      parentId: 'departmentId',
      userId: 'userId',
      organizationId: 'orgId',
    }
    return Object.fromEntries(
      Object.entries(body).map(([name, value]) => [
        name,
        fields[name] ? thingOf(String(fields[name])) : value,
      ]),
    )
  }

  /** New things are remembered with their organization; what a member writes, its organization knows. */
  function learn(
    reply: Reply,
    route: DocumentedRoute,
    tenant: FuzzTenant | null,
    mine: Set<string>,
    sent: string,
  ): void {
    if (!tenant || !mine.has(tenant.id) || reply.status >= 300) return
    for (const [mark, id] of allMarks) {
      if (sent.includes(mark)) {
        known.get(tenant.id)?.add(mark)
        known.get(tenant.id)?.add(id)
      }
    }
    const parameter = routes.find(({ path }) => path.startsWith(`${route.path}/{`))?.params.at(-1)
    const id = reply.body?.id ?? reply.body?.key?.id
    if (route.method === 'POST' && parameter && typeof id === 'string') {
      tenant.things[parameter] = [...(tenant.things[parameter] ?? []), id]
    }
  }

  function refuseIfStranger(
    route: DocumentedRoute,
    reply: Reply,
    tenant: FuzzTenant | null,
    mine: Set<string>,
    tail: string[],
  ): void {
    if (route.who.kind !== 'member' || !tenant || mine.has(tenant.id)) return
    // Whose session ended is told so before anything is asked about organizations.
    if (reply.status === 401 && reply.body.code === 'session_revoked') return
    assert.equal(reply.status, 404, `a stranger got in: ${reply.text}\n${tail.join('\n')}`)
  }

  function refuseLeaks(
    person: FuzzPerson,
    reply: Reply,
    mine: Set<string>,
    sent: string,
    tail: string[],
  ): void {
    const mayKnow = new Set([person.id, person.marker])
    for (const id of mine) for (const mark of known.get(id) ?? []) mayKnow.add(mark)
    for (const mark of allMarks.keys()) {
      if (!reply.text.includes(mark) || mayKnow.has(mark) || sent.includes(mark)) continue
      assert.fail(`${mark} of somebody else is in ${reply.text}\n${tail.join('\n')}`)
    }
  }
})
