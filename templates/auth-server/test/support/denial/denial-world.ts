import { randomUUID } from 'node:crypto'
import type { JWTPayload } from 'jose'
import type { Mode } from '../../../src/db/mode.ts'
import { generateKey, generateMachineKey, hashKey } from '../../../src/keys/key-format.ts'
import type { IdentityInstance } from '../identity.ts'
import { type Ask, asker, type Reply } from './ask.ts'
import { openRealmSigner, type RealmSigner } from './realm-signer.ts'
import { type DocumentedRoute, documentedRoutes, fillPath } from './routes-of-document.ts'
import { openRows, type Rows } from './rows.ts'
import { sampleBody } from './sample-body.ts'

/** A person with a session, and what tokens of theirs say. */
export interface Actor {
  userId: string
  sessionId: string
}

/** An organization with an owner and one of each thing that the document has an id for. */
export interface Tenant {
  id: string
  slug: string
  owner: Actor
  /** By the name of the path parameter: `roleId`, `domainId`. */
  things: Record<string, string>
}

export interface TokenChanges {
  mode?: Mode
  claims?: JWTPayload
  /** The realm whose key signs, when it is not the one that the token names. */
  signedBy?: string
}

/** Everything that the rows of the matrix call with. */
export interface DenialWorld {
  ask: Ask
  publicUrl: string
  project: string
  routes: DocumentedRoute[]
  rows: Record<Mode, Rows>
  keys: Record<'good' | 'revoked' | 'expired' | 'otherInstance' | 'test' | 'browser', string>
  /** Secret keys: with every scope of the document, without any, and so on. */
  secrets: Record<'good' | 'noScope' | 'revoked' | 'otherInstance' | 'test', string>
  /** Machine keys: of `mine` with every permission that its owner may give, and so on. */
  machines: Record<
    'good' | 'revoked' | 'expired' | 'foreign' | 'deleted' | 'test' | 'otherInstance',
    string
  >
  /** A machine key of `mine` with one permission, which is not this one. */
  machineLacking(permission: string): Promise<string>
  appOrigin: string
  mine: Tenant
  theirs: Tenant
  /** Another organization of mine's owner. */
  second: Tenant
  /** Deleted, with its owner still holding a token. */
  deleted: Tenant
  testTenant: Tenant
  removed: Actor
  suspended: Actor
  disabled: Actor
  ended: Actor
  /** Whose session is older than it may be. */
  past: Actor
  /** Mine's owner through the SSO of `second`. */
  ownerBySso: Actor
  /** Signed in two hours ago. */
  stale: Actor
  /** A member of `mine` with every permission but this one. */
  lacking(permission: string): Promise<Actor>
  /** A member of `mine` with the role viewer. */
  viewer(): Promise<Actor>
  token(actor: Actor, organization: Tenant | null, changes?: TokenChanges): Promise<string>
  /** What does not exist anywhere. */
  absent: string
  close(): Promise<void>
}

const ALL_LIMITS = JSON.stringify({
  limits: Object.fromEntries(
    [
      ...['members', 'customRoles', 'domains', 'departments', 'apiKeys', 'webhooks'],
      'monthlyActiveUsers',
    ].map((name) => [name, 10_000]),
  ),
})

/** Builds it on a running instance: rows by its database, organizations and their things by its API. */
export async function openDenialWorld(instance: IdentityInstance): Promise<DenialWorld> {
  const superuserUrl = String(instance.pgSuperuserUrl)
  const signer = await openRealmSigner(superuserUrl, String(instance.keycloak))
  const rows = {
    live: await openRows(superuserUrl, 'live'),
    test: await openRows(superuserUrl, 'test'),
  }
  const close = async () => {
    await Promise.all([rows.live.close(), rows.test.close(), signer.close()])
  }
  try {
    return await buildWorld(instance, rows, signer, close)
  } catch (error) {
    // Open connections would keep the test process alive for good.
    await close()
    throw error
  }
}

async function buildWorld(
  instance: IdentityInstance,
  rows: Record<Mode, Rows>,
  signer: RealmSigner,
  close: () => Promise<void>,
): Promise<DenialWorld> {
  const publicUrl = instance.publicUrl ?? instance.api
  const ask = asker(instance.api)
  const routes = documentedRoutes()
  const builder = { ask, publicUrl, routes, rows, signer }
  const { live, test } = rows
  const scopes = [...new Set(routes.flatMap(({ who }) => (who.scope ? [who.scope] : [])))]
  const appOrigin = 'http://app.denial.test'
  const keys = {
    good: await live.key(),
    revoked: await live.key({ isRevoked: true }),
    expired: await live.key({ isExpired: true }),
    otherInstance: generateKey(false, 'live').key,
    test: await test.key(),
    browser: await live.key({ kind: 'browser', origins: [appOrigin] }),
  }
  const secrets = {
    good: await live.key({ kind: 'secret', scopes }),
    noScope: await live.key({ kind: 'secret', scopes: ['nothing:at-all'] }),
    revoked: await live.key({ kind: 'secret', scopes, isRevoked: true }),
    otherInstance: generateKey(true, 'live').key,
    test: await test.key({ kind: 'secret', scopes }),
  }
  const config = await ask('GET', '/api/v1/config', { headers: { 'X-AuthStack-Key': keys.good } })
  // The suites together make more organizations than an hour allows; the cap has a test of its own.
  for (const mode of [live, test]) {
    await mode.query(
      `update instance_counters set value = 0 where name = 'organizations_this_hour'`,
    )
  }
  const owner = await newActor(live, 'owner')
  const stranger = await newActor(live, 'stranger')
  const tester = await newActor(test, 'tester')
  const make = (who: Actor, name: string, mode: Mode = 'live') =>
    makeTenant(builder, mode === 'live' ? keys.good : keys.test, mode, who, name)
  const [mine, theirs, second, deleted, testTenant] = [
    await make(owner, 'Mine'),
    await make(stranger, 'Theirs'),
    await make(owner, 'Second'),
    await make(stranger, 'Deleted'),
    await make(tester, 'Tested', 'test'),
  ]
  const ownerRole = await roleId(live, mine.id, 'owner')
  const join = async (name: string, role: string, status?: string) => {
    const actor = await newActor(live, name)
    await live.member(mine.id, actor.userId, role, status)
    return actor
  }
  const [removed, suspended, disabled, ended, past] = [
    await newActor(live, 'removed'),
    await join('suspended', ownerRole, 'suspended'),
    await join('disabled', ownerRole),
    await join('ended', ownerRole),
    await join('past', ownerRole),
  ]
  await live.query(`update users set state = 'disabled' where id = $1`, [disabled.userId])
  await live.query(`update sessions set revoked_at = now() where id = $1`, [ended.sessionId])
  await live.query(`update sessions set expires_at = now() where id = $1`, [past.sessionId])
  const machines = await makeMachineKeys(builder, keys, { mine, theirs, deleted, testTenant })
  await live.query(`update organizations set status = 'deleted' where tenant_id = $1`, [deleted.id])
  for (const thing of ['mine', 'theirs'] as const) {
    const tenant = thing === 'mine' ? mine : theirs
    const member = await newActor(live, `member-of-${thing}`)
    await live.member(tenant.id, member.userId, await roleId(live, tenant.id, 'viewer'))
    tenant.things.userId = member.userId
    tenant.things.sessionId = (await newActor(live, `session-of-${thing}`)).sessionId
  }
  const lacking = new Map<string, Promise<Actor>>()
  const catalogue = await ask('GET', `/api/v1/organizations/${mine.id}/permissions`, {
    headers: {
      'X-AuthStack-Key': keys.good,
      Authorization: `Bearer ${await token(builder, owner, mine.id, {})}`,
    },
  })
  const permissions: string[] = catalogue.body.data.map((one: { name: string }) => one.name)
  async function makeLacking(permission: string): Promise<Actor> {
    const slug = `no-${permission.replaceAll(':', '-')}`
    const role = await live.role(
      mine.id,
      slug,
      permissions.filter((one) => one !== permission),
    )
    return join(slug, role)
  }
  return {
    ...builder,
    project: config.body.project,
    keys,
    secrets,
    machines,
    machineLacking: (permission) =>
      newMachineKey(builder, keys.good, mine, [
        permission === 'members:view' ? 'audit:view' : 'members:view',
      ]),
    appOrigin,
    mine,
    theirs,
    second,
    deleted,
    testTenant,
    removed,
    suspended,
    disabled,
    ended,
    past,
    ownerBySso: {
      userId: owner.userId,
      sessionId: await live.session(owner.userId, { scope: `org:${second.id}` }),
    },
    stale: {
      userId: owner.userId,
      sessionId: await live.session(owner.userId, { minutesOld: 120 }),
    },
    lacking(permission) {
      const found = lacking.get(permission) ?? makeLacking(permission)
      lacking.set(permission, found)
      return found
    },
    viewer: async () => join('viewer', await roleId(live, mine.id, 'viewer')),
    token: (actor, organization, changes = {}) =>
      token(builder, actor, organization?.id ?? null, changes),
    absent: randomUUID(),
    close,
  }
}

interface Builder {
  ask: Ask
  publicUrl: string
  routes: DocumentedRoute[]
  rows: Record<Mode, Rows>
  signer: RealmSigner
}

/** A token that its realm could have signed, but for the changes. */
async function token(
  { publicUrl, signer }: Builder,
  { userId, sessionId }: Actor,
  organizationId: string | null,
  { mode = 'live', claims = {}, signedBy }: TokenChanges,
): Promise<string> {
  const realm = organizationId ? `${mode}-org-${organizationId}` : `${mode}-accounts`
  const now = Math.floor(Date.now() / 1000)
  return signer.sign(signedBy ?? realm, {
    iss: `${publicUrl}/realms/${realm}`,
    sub: userId,
    aud: 'authstack-api',
    iat: now,
    exp: now + 300,
    jti: randomUUID(),
    as_sid: sessionId,
    amr: ['pwd'],
    auth_time: now,
    mode,
    ...(organizationId ? { org_id: organizationId, org_slug: 'x', roles: ['owner'] } : {}),
    ...claims,
  })
}

async function newActor(rows: Rows, name: string): Promise<Actor> {
  const userId = await rows.person(name)
  return { userId, sessionId: await rows.session(userId) }
}

async function roleId(rows: Rows, tenant: string, slug: string): Promise<string> {
  const { rows: found } = await rows.query(
    `select id from roles where tenant_id = $1 and slug = $2`,
    [tenant, slug],
  )
  if (!found[0]) throw new Error(`${tenant} has no role ${slug}`)
  return found[0].id
}

async function makeTenant(
  builder: Builder,
  key: string,
  mode: Mode,
  owner: Actor,
  name: string,
): Promise<Tenant> {
  const hub = await token(builder, owner, null, { mode })
  const made = await builder.ask('POST', '/api/v1/organizations', {
    headers: { 'X-AuthStack-Key': key, Authorization: `Bearer ${hub}` },
    body: { name: `${name} ${randomUUID().slice(0, 8)}` },
  })
  if (made.status !== 201) throw new Error(`organization: ${made.status} ${made.text}`)
  const { id, slug } = made.body
  // No plan may stand between the matrix and a thing that it asks about.
  await builder.rows[mode].query(`update organizations set overrides = $2 where tenant_id = $1`, [
    id,
    ALL_LIMITS,
  ])
  const headers = {
    'X-AuthStack-Key': key,
    Authorization: `Bearer ${await token(builder, owner, id, { mode })}`,
  }
  return { id, slug, owner, things: await makeThings(builder, headers, id) }
}

/**
 * One of each: where the document has `.../roles/{roleId}` and a POST on `.../roles`, that makes one.
 * So a new kind of thing is in the matrix with its routes.
 */
async function makeThings(
  { ask, routes }: Builder,
  headers: Record<string, string>,
  orgId: string,
): Promise<Record<string, string>> {
  const things: Record<string, string> = {}
  for (const { path } of routes) {
    const parts = /^(\/api\/v1\/organizations\/\{orgId\}\/[^{}]+)\/\{(\w+)\}/.exec(path)
    if (!parts) continue
    const [, collection, parameter] = parts as unknown as [string, string, string]
    const create = routes.find((one) => one.path === collection && one.method === 'POST')
    if (!create?.body || things[parameter]) continue
    const body = sampleBody(create.body)
    const made = await ask('POST', fillPath(collection, { orgId }), { headers, body })
    if (made.status >= 300) throw new Error(`POST ${collection}: ${made.status} ${made.text}`)
    things[parameter] = idOf(made)
  }
  return things
}

function idOf({ body, text }: Reply): string {
  const id = body?.id ?? body?.key?.id
  if (typeof id !== 'string') throw new Error(`No id in ${text}`)
  return id
}

type MachineTenants = Record<'mine' | 'theirs' | 'deleted' | 'testTenant', Tenant>

async function makeMachineKeys(
  builder: Builder,
  keys: DenialWorld['keys'],
  { mine, theirs, deleted, testTenant }: MachineTenants,
): Promise<DenialWorld['machines']> {
  const { live } = builder.rows
  const rights = ['members:view', 'members:invite', 'departments:view', 'audit:view']
  const make = (tenant: Tenant) => newMachineKey(builder, keys.good, tenant, rights)
  const [good, revoked, expired, foreign, ofDeleted] = await Promise.all([
    make(mine),
    make(mine),
    make(mine),
    make(theirs),
    make(deleted),
  ])
  const set = (key: string, column: string) =>
    live.query(`update machine_keys set ${column} = now() where key_hash = $1`, [hashKey(key)])
  await set(revoked, 'revoked_at')
  await set(expired, 'expires_at')
  return {
    good,
    revoked,
    expired,
    foreign,
    deleted: ofDeleted,
    test: await newMachineKey(builder, keys.test, testTenant, rights, 'test'),
    otherInstance: generateMachineKey('live').key,
  }
}

async function newMachineKey(
  builder: Builder,
  key: string,
  { id, owner }: Tenant,
  permissions: string[],
  mode: Mode = 'live',
): Promise<string> {
  const made = await builder.ask('POST', `/api/v1/organizations/${id}/api-keys`, {
    headers: {
      'X-AuthStack-Key': key,
      Authorization: `Bearer ${await token(builder, owner, id, { mode })}`,
    },
    body: { name: 'Matrix', permissions },
  })
  if (made.status !== 201) throw new Error(`machine key: ${made.status} ${made.text}`)
  return made.body.key
}
