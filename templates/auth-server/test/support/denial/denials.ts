import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import type { Asking } from './ask.ts'
import type { Actor, DenialWorld, Tenant } from './denial-world.ts'
import { type DocumentedRoute, fillPath } from './routes-of-document.ts'
import { sampleBody } from './sample-body.ts'

/** One request that must be refused, and how. */
export interface Denial {
  name: string
  status: number
  code: string
  path: string
  asking: Asking
  /** A request that cannot be told apart from this one by its answer. */
  twin?: { path: string; asking: Asking }
}

/** What to send where the request itself is not what the row is about. */
interface Sending {
  key?: string | null
  token?: string | null
  headers?: Record<string, string>
}

/**
 * The rows of one route, by what its guard demands according to the document. A kind of guard that is
 * not known here throws, so that a route without rows fails the suite.
 */
export async function denialsOf(world: DenialWorld, route: DocumentedRoute): Promise<Denial[]> {
  switch (route.who?.kind) {
    case 'everyone':
      return openRoute(world, route)
    case 'key':
      return keyRows(world, route)
    case 'user':
      return [...(await personRows(world, route, null)), ...(await userRows(world, route))]
    case 'member':
      return [
        ...(await personRows(world, route, world.mine)),
        ...(await memberRows(world, route)),
        ...(await thingRows(world, route)),
        ...(await machineRows(world, route)),
      ]
    case 'secret':
      return secretRows(world, route)
    default:
      throw new Error(`${route.method} ${route.path}: no rows for ${JSON.stringify(route.who)}`)
  }
}

/** Open to everybody on purpose. A route that is not here and demands nothing fails the suite. */
function openRoute(world: DenialWorld, route: DocumentedRoute): Denial[] {
  const bare = (name: string, status: number, code: string, path = route.path): Denial => ({
    name,
    status,
    code,
    path,
    asking: {},
  })
  switch (route.path) {
    // They say that the process is there, and nothing else.
    case '/livez':
    case '/readyz':
    case '/api/v1/openapi.json':
    case '/api/v1/reference':
      return [{ ...bare('a body', 400, 'invalid_request'), asking: { body: { a: 1 } } }]
    case '/api/v1/auth/authorize':
      return [
        bare('no client', 400, ''),
        bare('a made-up client', 400, '', `${route.path}?client=${world.keys.otherInstance}`),
        bare('a revoked client', 400, '', `${route.path}?client=${world.keys.revoked}`),
      ]
    case '/api/v1/issuers/{orgId}/jwks.json': {
      const of = (orgId: string) => fillPath(route.path, { orgId })
      return [
        bare('an absent organization', 404, 'not_found', of(world.absent)),
        {
          ...bare('a deleted organization', 404, 'not_found', of(world.deleted.id)),
          twin: { path: of(world.absent), asking: {} },
        },
      ]
    }
    case '/api/v1/webhooks/stripe':
      // Without billing in the settings there is no such door. With it only Stripe's signature opens it:
      // that is the billing suites' affair, the shared instance has none.
      return [{ ...bare('an unsigned event', 404, 'not_found'), asking: { body: { id: 'evt_1' } } }]
    default:
      throw new Error(`${route.method} ${route.path} is open to everybody; say here why it may be`)
  }
}

function keyRows(world: DenialWorld, route: DocumentedRoute): Denial[] {
  const send = (name: string, status: number, code: string, sending: Sending) =>
    row(world, route, { name, status, code }, { token: null, ...sending })
  const { keys, secrets } = world
  return [
    send('no key', 401, 'key_required', { key: null }),
    send('an empty key', 401, 'key_required', { key: '' }),
    send('a malformed key', 401, 'key_invalid', { key: 'ask_live_x' }),
    send('a revoked key', 401, 'key_invalid', { key: keys.revoked }),
    send('an expired key', 401, 'key_invalid', { key: keys.expired }),
    send('a key of another instance', 401, 'key_invalid', { key: keys.otherInstance }),
    send('a secret key for a publishable one', 401, 'key_invalid', { key: secrets.good }),
    send('a browser key without an origin', 403, 'origin_not_allowed', { key: keys.browser }),
    send('a browser key on another page', 403, 'origin_not_allowed', {
      key: keys.browser,
      headers: { Origin: `${world.appOrigin}.evil.test` },
    }),
    send('a native key on a page', 403, 'origin_not_allowed', {
      headers: { Origin: world.appOrigin },
    }),
    send('a backend that shows a made-up secret', 401, 'key_invalid', {
      headers: { 'X-AuthStack-Secret': secrets.otherInstance },
    }),
    send('a backend without the scope', 403, 'scope_required', {
      headers: { 'X-AuthStack-Secret': secrets.noScope },
    }),
  ]
}

/** Everything about keys, tokens and sessions that no route with a person may let pass. */
async function personRows(
  world: DenialWorld,
  route: DocumentedRoute,
  tenant: Tenant | null,
): Promise<Denial[]> {
  const { keys, mine } = world
  const good = await world.token(mine.owner, tenant)
  const realm = tenant ? `live-org-${tenant.id}` : 'live-accounts'
  const deny = (name: string, code: string, token: string | null, key = keys.good) =>
    row(world, route, { name, status: 401, code }, { key, token })
  const signed = (changes: Parameters<DenialWorld['token']>[2], actor: Actor = mine.owner) =>
    world.token(actor, tenant, changes)
  const now = Math.floor(Date.now() / 1000)
  const otherRealm = tenant ? `live-org-${world.theirs.id}` : 'test-accounts'
  return [
    ...keyRows(world, route).map((denial) => withToken(denial, good)),
    deny('no token', 'token_required', null),
    deny('no JWT', 'token_invalid', 'x'),
    deny('an expired token', 'token_invalid', await signed({ claims: { exp: now - 60 } })),
    deny(
      'a token that never expires',
      'token_invalid',
      await signed({ claims: { exp: undefined } }),
    ),
    deny('alg=none', 'token_invalid', unsigned(good)),
    deny('HS256 with the public key', 'token_invalid', await symmetric(good, realm)),
    deny('a changed claim', 'token_invalid', changed(good, { roles: ['god'] })),
    deny(
      'an app token',
      'token_invalid',
      await signed({ claims: { aud: `app:${world.project}` } }),
    ),
    deny('another audience', 'token_invalid', await signed({ claims: { aud: 'account' } })),
    deny(
      'two audiences',
      'token_invalid',
      await signed({ claims: { aud: ['authstack-api', `app:${world.project}`] } }),
    ),
    deny(
      'another issuer',
      'token_invalid',
      await signed({ claims: { iss: `https://evil.test/realms/${realm}` } }),
    ),
    deny(
      'the realm of Keycloak itself',
      'token_invalid',
      await signed({ claims: { iss: `${world.publicUrl}/realms/master` } }),
    ),
    deny('signed by another realm', 'token_invalid', await signed({ signedBy: otherRealm })),
    deny('a claim of the other mode', 'token_invalid', await signed({ claims: { mode: 'test' } })),
    deny('a live token with a test key', 'token_invalid', good, keys.test),
    ...(tenant
      ? [
          deny(
            'a claim of another organization',
            'token_invalid',
            await signed({ claims: { org_id: world.theirs.id } }),
          ),
        ]
      : []),
    deny('a session past its end', 'session_revoked', await signed({}, world.past)),
    deny('an ended session', 'session_revoked', await signed({}, world.ended)),
    deny('a person switched off', 'session_revoked', await signed({}, world.disabled)),
    deny(
      "another person's session",
      'session_revoked',
      await signed({ claims: { as_sid: world.theirs.owner.sessionId } }),
    ),
    deny('no session', 'session_revoked', await signed({ claims: { as_sid: randomUUID() } })),
    ...(await ssoRows(world, route, tenant)),
    ...(route.who.freshMinutes
      ? [deny('a sign-in of two hours ago', 'step_up_required', await signed({}, world.stale))]
      : []),
  ]
}

/** A session that came through the SSO of one organization, used for another or for the person's own. */
async function ssoRows(
  world: DenialWorld,
  route: DocumentedRoute,
  tenant: Tenant | null,
): Promise<Denial[]> {
  const refused = async (name: string, code: string, organization: Tenant | null) =>
    row(
      world,
      route,
      { name, status: 401, code },
      { token: await world.token(world.ownerBySso, organization) },
    )
  const rows = [await refused("another organization's SSO", 'token_invalid', tenant)]
  if (!tenant && route.who.session !== 'any')
    rows.push(await refused('a session of SSO', 'step_up_required', world.second))
  return rows
}

/** Ids of other people, where the route is about a person's own things. */
async function userRows(world: DenialWorld, route: DocumentedRoute): Promise<Denial[]> {
  if (route.params.length === 0) return []
  const token = await world.token(world.mine.owner, null)
  const fill = (id: (name: string) => string) =>
    Object.fromEntries(route.params.map((name) => [name, id(name)]))
  const absent = fill(() => world.absent)
  const foreign = fill((name) =>
    name === 'orgId'
      ? world.theirs.id
      : (world.theirs.things[name] ?? world.theirs.owner.sessionId),
  )
  return [
    row(world, route, masked("somebody else's"), { token }, foreign, {
      sending: { token },
      values: absent,
    }),
  ]
}

/** Who is not in the organization, or not with the right that the route asks for. */
async function memberRows(world: DenialWorld, route: DocumentedRoute): Promise<Denial[]> {
  const { mine, theirs, second, deleted } = world
  const own = { ...mine.things, orgId: mine.id }
  const absent = { ...mine.things, orgId: world.absent }
  const token = await world.token(mine.owner, mine)
  const hidden = async (
    name: string,
    sending: Sending,
    values: Record<string, string> = own,
  ): Promise<Denial> =>
    row(world, route, masked(name), sending, values, { sending: { token }, values: absent })
  const { permission } = route.who
  const test = await world.token(world.testTenant.owner, world.testTenant, { mode: 'test' })
  return [
    await hidden('a foreign organization', { token }, { ...own, orgId: theirs.id }),
    await hidden('an absent one', { token }, absent),
    await hidden(
      'a foreign one, named in X-Tenant-ID too',
      {
        token,
        headers: { 'X-Tenant-ID': theirs.id },
      },
      { ...own, orgId: theirs.id },
    ),
    await hidden('the own one, a foreign X-Tenant-ID', {
      token,
      headers: { 'X-Tenant-ID': theirs.id },
    }),
    await hidden('no uuid', { token }, { ...own, orgId: 'not-a-uuid' }),
    await hidden("a stranger's token", { token: await world.token(theirs.owner, theirs) }),
    await hidden('a stranger whose token claims it', {
      token: await world.token(theirs.owner, mine, {
        claims: { roles: ['owner'], permissions: permission ? [permission] : [] },
      }),
    }),
    await hidden('a token of my other organization', {
      token: await world.token(mine.owner, second),
    }),
    await hidden('a token of none', { token: await world.token(mine.owner, null) }),
    await hidden('a removed member', { token: await world.token(world.removed, mine) }),
    await hidden('a suspended member', { token: await world.token(world.suspended, mine) }),
    await hidden(
      'the owner of a deleted organization',
      { token: await world.token(deleted.owner, deleted) },
      { ...own, orgId: deleted.id },
    ),
    await hidden('the test key with its own token', { key: world.keys.test, token: test }),
    ...(permission
      ? [
          row(
            world,
            route,
            { name: `all rights but ${permission}`, status: 403, code: 'permission_denied' },
            {
              token: await world.token(await world.lacking(permission), mine, {
                // The token may say what it likes.
                claims: { permissions: [permission], roles: ['owner'] },
              }),
            },
          ),
        ]
      : []),
  ]
}

/** Names of body and query fields that hold the id of a thing, and of which thing. */
const REFERENCES: Record<string, string> = {
  role: 'roleId',
  autoJoinRole: 'roleId',
  reassignTo: 'roleId',
  parentId: 'departmentId',
  departmentId: 'departmentId',
}

/** In one's own organization: things of another tenant, by path and by body, look like none at all. */
async function thingRows(world: DenialWorld, route: DocumentedRoute): Promise<Denial[]> {
  const { mine, theirs, absent } = world
  const token = await world.token(mine.owner, mine)
  const own = { ...mine.things, orgId: mine.id }
  const rows = route.params
    .filter((name) => name !== 'orgId')
    .map((name) => {
      const foreign = theirs.things[name]
      if (!foreign || !mine.things[name]) {
        throw new Error(`${route.path}: the world has no thing for {${name}}; see makeThings`)
      }
      return row(
        world,
        route,
        masked(`a foreign ${name}`),
        { token },
        { ...own, [name]: foreign },
        {
          sending: { token },
          values: { ...own, [name]: absent },
        },
      )
    })
  return rows
}

/** Fields of a body that name a thing: a foreign one must be refused just as an absent one. */
export async function referenceTwins(
  world: DenialWorld,
  route: DocumentedRoute,
): Promise<{ name: string; foreign: Denial; absent: Denial }[]> {
  if (route.who.kind !== 'member' || !route.body) return []
  const { mine, theirs } = world
  const token = await world.token(mine.owner, mine)
  const own = { ...mine.things, orgId: mine.id }
  const properties = (route.body.properties ?? {}) as Record<string, unknown>
  return Object.entries(REFERENCES).flatMap(([field, thing]) => {
    const foreign = theirs.things[thing]
    if (!(field in properties) || !foreign) return []
    const base = sampleBody(route.body ?? {})
    const of = (id: string): Denial => {
      const made = row(world, route, { name: field, status: 0, code: '' }, { token }, own)
      return { ...made, asking: { ...made.asking, body: { ...base, [field]: id } } }
    }
    return [{ name: field, foreign: of(foreign), absent: of(world.absent) }]
  })
}

/** Machines of an organization: where they may call, and where they may not. */
async function machineRows(world: DenialWorld, route: DocumentedRoute): Promise<Denial[]> {
  const { machines, mine, theirs, absent } = world
  const own = { ...mine.things, orgId: mine.id }
  const machine = (token: string, headers?: Record<string, string>): Sending => ({
    key: null,
    token,
    ...(headers ? { headers } : {}),
  })
  const deny = (name: string, status: number, code: string, sending: Sending) =>
    row(world, route, { name: `machine: ${name}`, status, code }, sending, own)
  if (!route.who.machines) {
    return [
      deny('not on this route', 401, 'key_required', machine(machines.good)),
      deny('nor with an app key', 401, 'token_invalid', { token: machines.good }),
    ]
  }
  const hidden = (name: string, sending: Sending, values: Record<string, string>) =>
    row(world, route, masked(`machine: ${name}`), sending, values, {
      sending,
      values: { ...values, orgId: absent },
    })
  const { permission } = route.who
  return [
    deny('a key of another instance', 401, 'key_invalid', machine(machines.otherInstance)),
    deny('a revoked key', 401, 'key_invalid', machine(machines.revoked)),
    deny('an expired key', 401, 'key_invalid', machine(machines.expired)),
    deny('a key of a deleted organization', 401, 'key_invalid', machine(machines.deleted)),
    deny(
      'on a page',
      403,
      'origin_not_allowed',
      machine(machines.good, { Origin: world.appOrigin }),
    ),
    deny('on a page of the same site', 403, 'origin_not_allowed', {
      ...machine(machines.good, { 'Sec-Fetch-Site': 'same-origin' }),
    }),
    hidden('a key of another organization', machine(machines.foreign), own),
    hidden('a foreign organization', machine(machines.good), { ...own, orgId: theirs.id }),
    hidden('a test key on live data', machine(machines.test), own),
    hidden('a foreign X-Tenant-ID', machine(machines.good, { 'X-Tenant-ID': theirs.id }), own),
    ...(permission
      ? [
          deny(
            `without ${permission}`,
            403,
            'permission_denied',
            machine(await world.machineLacking(permission)),
          ),
        ]
      : []),
    ...route.params
      .filter((name) => name !== 'orgId')
      .map((name) =>
        row(
          world,
          route,
          masked(`machine: a foreign ${name}`),
          machine(machines.good),
          { ...own, [name]: String(theirs.things[name]) },
          { sending: machine(machines.good), values: { ...own, [name]: absent } },
        ),
      ),
  ]
}

async function secretRows(world: DenialWorld, route: DocumentedRoute): Promise<Denial[]> {
  const { secrets, keys, mine, absent } = world
  const send = (
    name: string,
    status: number,
    code: string,
    secret: string | null,
    headers: Record<string, string> = {},
  ) =>
    row(
      world,
      route,
      { name, status, code },
      {
        key: null,
        token: null,
        headers: { ...headers, ...(secret ? { 'X-AuthStack-Secret': secret } : {}) },
      },
      { ...mine.things, orgId: mine.id },
    )
  const rows = [
    send('no key', 401, 'key_required', null),
    send('a made-up key', 401, 'key_invalid', secrets.otherInstance),
    send('a revoked key', 401, 'key_invalid', secrets.revoked),
    send('a publishable key', 401, 'key_invalid', keys.good),
    send('a key without the scope', 403, 'scope_required', secrets.noScope),
    send('a page', 403, 'origin_not_allowed', secrets.good, { Origin: world.appOrigin }),
    send('a page of the same site', 403, 'origin_not_allowed', secrets.good, {
      'Sec-Fetch-Site': 'same-origin',
    }),
  ]
  if (route.params.length === 0) return rows
  const secretOnly = (secret: string): Sending => ({
    key: null,
    token: null,
    headers: { 'X-AuthStack-Secret': secret },
  })
  const none = Object.fromEntries(route.params.map((name) => [name, absent]))
  return [
    ...rows,
    row(world, route, masked('an absent id'), secretOnly(secrets.good), none),
    row(
      world,
      route,
      masked('a test key on live data'),
      secretOnly(secrets.test),
      { ...mine.things, orgId: mine.id },
      { sending: secretOnly(secrets.test), values: none },
    ),
  ]
}

const masked = (name: string) => ({ name, status: 404, code: 'not_found' })

function row(
  world: DenialWorld,
  route: DocumentedRoute,
  head: { name: string; status: number; code: string },
  sending: Sending,
  values: Record<string, string> = {
    ...world.mine.things,
    requestId: world.absent,
    orgId: world.mine.id,
  },
  twin?: { sending: Sending; values: Record<string, string> },
): Denial {
  const request = (how: Sending, filled: Record<string, string>) => ({
    path: fillPath(route.path, filled) + requiredQuery(route),
    asking: asking(world, route, how),
  })
  return {
    ...head,
    ...request(sending, values),
    ...(twin ? { twin: request(twin.sending, twin.values) } : {}),
  }
}

function requiredQuery(route: DocumentedRoute): string {
  const wanted = route.query.filter((one) => one.required)
  return wanted.length > 0 ? `?${wanted.map(({ name }) => `${name}=x`).join('&')}` : ''
}

function asking(world: DenialWorld, route: DocumentedRoute, sending: Sending): Asking {
  const { key = world.keys.good, token, headers } = sending
  return {
    headers: {
      ...(key === null ? {} : { 'X-AuthStack-Key': key }),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    // A good body, so that only who asks, and for what, can be the reason of the refusal.
    ...(route.body ? { body: sampleBody(route.body) } : {}),
  }
}

function withToken(denial: Denial, token: string): Denial {
  const headers = { ...denial.asking.headers, Authorization: `Bearer ${token}` }
  return { ...denial, asking: { ...denial.asking, headers } }
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString())

function unsigned(token: string): string {
  const [, claims] = token.split('.')
  return `${encode({ alg: 'none', typ: 'JWT' })}.${claims}.AA`
}

function changed(token: string, claims: Record<string, unknown>): string {
  const [header, body, signature] = token.split('.')
  return `${header}.${encode({ ...decode(body), ...claims })}.${signature}`
}

/** The old confusion: a public key taken for a shared secret. */
function symmetric(token: string, realm: string): Promise<string> {
  const [header, body] = token.split('.')
  return new SignJWT(decode(body))
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: decode(header).kid })
    .sign(Buffer.from(realm.padEnd(32, '.')))
}
