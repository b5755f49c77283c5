import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Ask, Reply } from './ask.ts'
import type { Actor, DenialWorld } from './denial-world.ts'

/** One way around a membership, a role or a binding: what it answers, or throws when it got in. */
export interface MembershipAttack {
  name: string
  /** Gives the sentence of a fault, or null when it was fended off as it must be. */
  run(world: DenialWorld, ask: Ask): Promise<string | null>
}

const sha256 = (text: string) => createHash('sha256').update(text).digest()

/**
 * Attacks on the checks that are not the guard's: each action that reads a membership, a role, a
 * binding or an owner of a thing by itself. The mutation suite takes each check away in turn.
 */
export const membershipAttacks: MembershipAttack[] = [
  attack('switch to an organization of others', 404, 'not_found', (world, ask) =>
    person(world, ask, world.mine.owner, '/auth/switch', { organizationId: world.theirs.id }),
  ),
  attack('switch back after being removed', 404, 'not_found', (world, ask) =>
    person(world, ask, world.removed, '/auth/switch', { organizationId: world.mine.id }),
  ),
  attack('switch while suspended', 404, 'not_found', (world, ask) =>
    person(world, ask, world.suspended, '/auth/switch', { organizationId: world.mine.id }),
  ),
  attack('switch to a deleted organization', 404, 'not_found', (world, ask) =>
    person(world, ask, world.deleted.owner, '/auth/switch', { organizationId: world.deleted.id }),
  ),
  attack('an app token for an organization of others', 404, 'not_found', (world, ask) =>
    person(world, ask, world.mine.owner, '/auth/app-token', { organizationId: world.theirs.id }),
  ),
  attack('out of the SSO of one organization into another', 401, 'step_up_required', (world, ask) =>
    person(
      world,
      ask,
      world.ownerBySso,
      '/auth/switch',
      { organizationId: world.mine.id },
      world.second.id,
    ),
  ),
  attack('an app token out of the SSO of another', 401, 'step_up_required', (world, ask) =>
    person(
      world,
      ask,
      world.ownerBySso,
      '/auth/app-token',
      { organizationId: world.mine.id },
      world.second.id,
    ),
  ),
  attack(
    'refresh a session of SSO into another organization',
    401,
    'step_up_required',
    (world, ask) => refreshed(world, ask, world.ownerBySso, { organizationId: world.mine.id }),
  ),
  attack('refresh with the key of another app', 401, 'refresh_invalid', async (world, ask) => {
    const { userId, sessionId } = await freshSession(world, world.mine.owner)
    return refreshed(world, ask, { userId, sessionId }, { organizationId: world.mine.id }, true)
  }),
  attack('refresh a session that has ended', 401, 'refresh_invalid', (world, ask) =>
    refreshed(world, ask, world.ended, {}),
  ),
  attack('refresh as a person who was switched off', 401, 'refresh_invalid', (world, ask) =>
    refreshed(world, ask, world.disabled, {}),
  ),
  {
    name: 'introspect the token of a removed member',
    async run(world, ask) {
      const token = await world.token(world.removed, world.mine)
      const { body, text } = await ask('POST', '/api/v1/auth/introspect', {
        headers: { 'X-AuthStack-Secret': world.secrets.good },
        body: { token },
      })
      return body?.active === false ? null : text
    },
  },
  {
    name: 'introspect a token of SSO for elsewhere',
    async run(world, ask) {
      const token = await world.token(world.ownerBySso, world.mine)
      const { body, text } = await ask('POST', '/api/v1/auth/introspect', {
        headers: { 'X-AuthStack-Secret': world.secrets.good },
        body: { token },
      })
      return body?.active === false ? null : text
    },
  },
  attack("end somebody else's session", 404, 'not_found', (world, ask) =>
    person(
      world,
      ask,
      world.mine.owner,
      `/me/sessions/${world.theirs.owner.sessionId}`,
      undefined,
      null,
      'DELETE',
    ),
  ),
  {
    name: 'a session of SSO sees no other organization and no other session',
    async run(world, ask) {
      const seen = await Promise.all(
        ['/organizations', '/me/sessions'].map((path) =>
          person(world, ask, world.ownerBySso, path, undefined, world.second.id, 'GET'),
        ),
      )
      const leaks = seen.filter(
        ({ status, text }) =>
          status !== 200 ||
          text.includes(world.mine.id) ||
          text.includes(world.mine.owner.sessionId),
      )
      return leaks.length === 0 ? null : leaks.map(({ text }) => text).join(' ')
    },
  },
  {
    name: 'a refreshed session of SSO tells of no other organization',
    async run(world, ask) {
      const { status, body, text } = await refreshed(world, ask, world.ownerBySso, {})
      const told = body?.organizations?.map((one: { id: string }) => one.id)
      const isRight = body?.organization?.id === world.second.id && told?.length === 1
      return status === 200 && isRight && told[0] === world.second.id ? null : text
    },
  },
  attack(
    'take an invitation of another address',
    403,
    'invitation_for_another_address',
    (world, ask) => accepted(world, ask, { email: 'somebody@else.test' }),
  ),
  attack('take an invitation that has expired', 410, 'link_invalid', (world, ask) =>
    accepted(world, ask, { isExpired: true }),
  ),
  attack('take an invitation that was cancelled', 410, 'link_invalid', (world, ask) =>
    accepted(world, ask, { status: 'cancelled' }),
  ),
  attack('take a used invitation', 410, 'link_invalid', (world, ask) =>
    accepted(world, ask, { status: 'accepted' }),
  ),
  attack(
    'take an invitation without having proved the address',
    403,
    'email_not_verified',
    (world, ask) => accepted(world, ask, { isUnverified: true }),
  ),
  attack('a code with the key of another app', 400, 'code_invalid', (world, ask) =>
    exchanged(world, ask, { otherKey: true }),
  ),
  attack('a code with another verifier', 400, 'code_invalid', (world, ask) =>
    exchanged(world, ask, { otherVerifier: true }),
  ),
  attack('a code with another redirect URI', 400, 'code_invalid', (world, ask) =>
    exchanged(world, ask, { redirectUri: 'https://evil.test/' }),
  ),
  attack('a code that has expired', 400, 'code_invalid', (world, ask) =>
    exchanged(world, ask, { isExpired: true }),
  ),
  attack('a code that was used', 400, 'code_invalid', (world, ask) =>
    exchanged(world, ask, { isUsed: true }),
  ),
  attack('a code of a session that has ended', 400, 'code_invalid', (world, ask) =>
    exchanged(world, ask, { session: world.ended }),
  ),
  attack('a code out of SSO for another organization', 401, 'step_up_required', (world, ask) =>
    exchanged(world, ask, { session: world.ownerBySso, organizationId: world.mine.id }),
  ),
  attack('lift oneself above one’s own rights', 403, 'permission_denied', async (world, ask) => {
    const admin = await world.lacking('organization:delete')
    const path = `/organizations/${world.mine.id}/members/${admin.userId}`
    return person(world, ask, admin, path, { role: 'owner' }, world.mine.id, 'PATCH')
  }),
  attack('take an owner down from below', 403, 'permission_denied', async (world, ask) => {
    const admin = await world.lacking('organization:delete')
    const path = `/organizations/${world.mine.id}/members/${world.mine.owner.userId}`
    return person(world, ask, admin, path, { role: 'viewer' }, world.mine.id, 'PATCH')
  }),
  attack('remove an owner from below', 403, 'permission_denied', async (world, ask) => {
    const admin = await world.lacking('organization:delete')
    const path = `/organizations/${world.mine.id}/members/${world.mine.owner.userId}`
    return person(world, ask, admin, path, undefined, world.mine.id, 'DELETE')
  }),
  attack('invite above one’s own rights', 403, 'permission_denied', async (world, ask) => {
    const admin = await world.lacking('organization:delete')
    const body = { email: `${randomUUID()}@example.com`, role: 'owner' }
    return person(
      world,
      ask,
      admin,
      `/organizations/${world.mine.id}/invitations`,
      body,
      world.mine.id,
    )
  }),
  attack('the last owner leaves', 409, 'last_owner', (world, ask) =>
    person(
      world,
      ask,
      world.second.owner,
      `/organizations/${world.second.id}/leave`,
      undefined,
      world.second.id,
    ),
  ),
  attack('the last owner steps down', 409, 'last_owner', (world, ask) =>
    person(
      world,
      ask,
      world.second.owner,
      `/organizations/${world.second.id}/members/${world.second.owner.userId}`,
      { role: 'viewer' },
      world.second.id,
      'PATCH',
    ),
  ),
]

function attack(
  name: string,
  status: number,
  code: string,
  send: (world: DenialWorld, ask: Ask) => Promise<Reply>,
): MembershipAttack {
  return {
    name,
    async run(world, ask) {
      const answer = await send(world, ask)
      if (answer.status === status && answer.body?.code === code) return null
      return `${answer.status} ${answer.text.slice(0, 300)} instead of ${status} ${code}`
    },
  }
}

async function person(
  world: DenialWorld,
  ask: Ask,
  actor: Actor,
  path: string,
  body?: unknown,
  organizationId: string | null = null,
  method = 'POST',
): Promise<Reply> {
  const tenant = organizationId
    ? [world.mine, world.second, world.theirs].find(({ id }) => id === organizationId)
    : null
  const token = await world.token(actor, tenant ?? null)
  return ask(method, `/api/v1${path}`, {
    headers: { 'X-AuthStack-Key': world.keys.good, Authorization: `Bearer ${token}` },
    body,
  })
}

async function freshSession(world: DenialWorld, { userId }: Actor): Promise<Actor> {
  return { userId, sessionId: await world.rows.live.session(userId) }
}

/** Refreshes the session with a token that is put there for it. */
async function refreshed(
  world: DenialWorld,
  ask: Ask,
  { sessionId }: Actor,
  body: Record<string, unknown>,
  otherKey = false,
): Promise<Reply> {
  const refreshToken = randomBytes(32).toString('base64url')
  const { rows, keys } = world
  await rows.live.query(`update sessions set key_id = $2 where id = $1`, [
    sessionId,
    otherKey ? 'another0' : keyId(keys.good),
  ])
  await rows.live.query(`insert into refresh_tokens (session_id, token_hash) values ($1, $2)`, [
    sessionId,
    sha256(refreshToken),
  ])
  return ask('POST', '/api/v1/auth/refresh', {
    headers: { 'X-AuthStack-Key': keys.good },
    body: { refreshToken, ...body },
  })
}

/** A new person tries an invitation to `theirs`. */
async function accepted(
  world: DenialWorld,
  ask: Ask,
  how: { email?: string; status?: string; isExpired?: boolean; isUnverified?: boolean },
): Promise<Reply> {
  const { rows, theirs } = world
  const email = `guest-${randomUUID()}@example.com`
  const userId = await rows.live.person('guest', email)
  if (how.isUnverified) {
    await rows.live.query(`update users set email_verified_at = null where id = $1`, [userId])
  }
  const token = randomBytes(32).toString('base64url')
  await rows.live.query(
    `insert into invitations (tenant_id, token_hash, email, role_id, invited_by, status, expires_at)
     select tenant_id, $2, $3, id, $4, $5, now() + make_interval(mins => $6)
     from roles where tenant_id = $1 and slug = 'viewer'`,
    [
      theirs.id,
      sha256(token),
      how.email ?? email,
      theirs.owner.userId,
      how.status ?? 'pending',
      how.isExpired ? -1 : 60,
    ],
  )
  const answer = await person(
    world,
    ask,
    await freshSession(world, { userId, sessionId: '' }),
    '/invitations/accept',
    { token },
  )
  await rows.live.query(`delete from invitations where tenant_id = $1 and token_hash = $2`, [
    theirs.id,
    sha256(token),
  ])
  return answer
}

/** Trades a code that is right but for one thing. */
async function exchanged(
  world: DenialWorld,
  ask: Ask,
  how: {
    otherKey?: boolean
    otherVerifier?: boolean
    redirectUri?: string
    isExpired?: boolean
    isUsed?: boolean
    session?: Actor
    organizationId?: string
  },
): Promise<Reply> {
  const { rows, keys, mine } = world
  const { userId, sessionId } = how.session ?? mine.owner
  const code = randomBytes(32).toString('base64url')
  const verifier = randomBytes(48).toString('base64url')
  await rows.live.query(
    `insert into authorization_codes (code_hash, request_id, key_id, redirect_uri, code_challenge,
       user_id, parent_session_id, amr, auth_time, organization_id, expires_at, used_at)
     values ($1, $2, $3, 'https://app.test/back', $4, $5, $6, '{pwd}', now(), $7,
       now() + make_interval(secs => $8), $9)`,
    [
      sha256(code),
      randomUUID(),
      how.otherKey ? 'another0' : keyId(keys.good),
      createHash('sha256').update(verifier).digest('base64url'),
      userId,
      sessionId,
      how.organizationId ?? mine.id,
      how.isExpired ? -1 : 60,
      how.isUsed ? new Date() : null,
    ],
  )
  return ask('POST', '/api/v1/auth/token', {
    headers: { 'X-AuthStack-Key': keys.good },
    body: {
      code,
      code_verifier: how.otherVerifier ? randomBytes(48).toString('base64url') : verifier,
      redirect_uri: how.redirectUri ?? 'https://app.test/back',
    },
  })
}

const keyId = (key: string) => String(key.split('_')[2])
