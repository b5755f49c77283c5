import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { challengeOf } from '../../src/domains/challenge.ts'
import type { Actor, DenialWorld } from '../support/denial/denial-world.ts'
import { type DocumentedRoute, fillPath } from '../support/denial/routes-of-document.ts'
import { sampleBody } from '../support/denial/sample-body.ts'
import type { ContractApi } from './contract-api.ts'

/** A request that its route should answer with a 2xx, made of what is there at this moment. */
export interface GoodRequest {
  path: Record<string, string>
  query: Record<string, string>
  headers: Record<string, string>
  /** Null: none. */
  body: unknown
}

/** What the routes without an organization need beside the world of the matrix. */
export interface ContractFacts {
  /** Key of the hosted pages. */
  pagesKey: string
  /** A key with a redirect URI on its list. */
  redirectKey: string
  redirectUri: string
  /** Where payment pages may lead back to. */
  returnUrl: string
  /** A person with a password in Keycloak. */
  login: { email: string; password: string }
  /** Another one, whose password the suite changes. */
  forgetful: { userId: string }
}

type Maker = (route: DocumentedRoute) => Promise<Partial<GoodRequest>>

const sha256 = (text: string) => createHash('sha256').update(text).digest()
const secretText = () => randomBytes(32).toString('base64url')

/**
 * Makes good requests. What a request uses up (an invitation, a session, an organization) is put back
 * before the next one, so that schemathesis may ask as often as it likes and in any order.
 */
export function goodRequests(
  world: DenialWorld,
  api: ContractApi,
  facts: ContractFacts,
  asks: () => Actor,
) {
  const { mine, second, rows, keys } = world
  const { live } = rows
  const keyId = (key: string) => String(key.split('_')[2])
  const roleIn = async (tenant: string, slug: string) =>
    (await live.query(`select id from roles where tenant_id = $1 and slug = $2`, [tenant, slug]))
      .rows[0].id as string
  const linkToken = async (purpose: string, userId: string) => {
    const token = secretText()
    await live.query(
      `insert into link_tokens (token_hash, purpose, user_id, expires_at)
       values ($1, $2, $3, now() + interval '1 hour')`,
      [sha256(token), purpose, userId],
    )
    return token
  }
  const freshMember = async () => {
    const userId = await live.person('fresh')
    await live.member(mine.id, userId, await roleIn(mine.id, 'viewer'))
    return userId
  }
  const invitation = async (email: string) => {
    const token = secretText()
    const { rows: made } = await live.query(
      `insert into invitations (tenant_id, token_hash, email, role_id, invited_by, expires_at)
       values ($1, $2, lower($3), $4, $5, now() + interval '1 day') returning id`,
      [mine.id, sha256(token), email, await roleIn(mine.id, 'viewer'), mine.owner.userId],
    )
    return { token, id: made[0].id as string }
  }
  const bearer = async (actor: Actor, tenant: typeof mine | null, key = keys.good) => ({
    'X-AuthStack-Key': key,
    Authorization: `Bearer ${await world.token(actor, tenant)}`,
  })
  const newSession = async (userId: string, key = keys.good) => {
    const sessionId = await live.session(userId)
    await live.query(`update sessions set key_id = $2 where id = $1`, [sessionId, keyId(key)])
    return { userId, sessionId }
  }
  const authorization = async () => {
    const { rows: made } = await live.query(
      `insert into authorization_requests (key_id, redirect_uri, state, code_challenge, screen, expires_at)
       values ($1, $2, 'state', $3, 'login', now() + interval '10 minutes') returning id`,
      [keyId(facts.redirectKey), facts.redirectUri, sha256('x').toString('base64url')],
    )
    return { requestId: made[0].id as string }
  }
  /** A tenant of its own for what ends or changes an organization: put back each time. */
  const revive = (tenant: typeof mine) =>
    live.query(
      `update organizations set status = 'active', deleted_at = null, deleted_by = null,
         deletion_id = null, purge_after = null, purge_started_at = null where tenant_id = $1`,
      [tenant.id],
    )
  const ownerOf = async (tenant: typeof mine, userId: string) =>
    live.query(
      `insert into memberships (tenant_id, user_id, role_id)
       values ($1, $2, $3)
       on conflict (tenant_id, user_id) do update set role_id = excluded.role_id, status = 'active'`,
      [tenant.id, userId, await roleIn(tenant.id, 'owner')],
    )

  /** Brings the subscription of `mine` into the state that the request wants to leave. */
  const subscription = async (verb: 'cancel' | 'resume') =>
    world.ask('POST', `/api/v1/organizations/${mine.id}/subscription/${verb}`, {
      headers: await bearer(mine.owner, mine),
      body: {},
    })

  const makers: Record<string, Maker> = {
    signup: async (route) => ({ body: sampleBody(route.body ?? {}) }),
    verifyEmail: async () => ({
      body: { token: await linkToken('verify_email', facts.forgetful.userId) },
    }),
    login: async () => ({ body: facts.login }),
    refresh: async () => {
      const { sessionId } = await newSession(mine.owner.userId)
      const refreshToken = secretText()
      await live.query(`insert into refresh_tokens (session_id, token_hash) values ($1, $2)`, [
        sessionId,
        sha256(refreshToken),
      ])
      return { body: { refreshToken, organizationId: mine.id } }
    },
    switchOrganization: async () => ({
      headers: await bearer(await newSession(mine.owner.userId), null),
      body: { organizationId: mine.id },
    }),
    appToken: async () => ({
      headers: await bearer(await newSession(mine.owner.userId), null),
      body: { organizationId: mine.id },
    }),
    logout: async () => ({
      headers: await bearer(await newSession(mine.owner.userId), null),
      body: {},
    }),
    confirmPasswordReset: async () => ({
      body: {
        token: await linkToken('password_reset', facts.forgetful.userId),
        password: `Correct-horse-${secretText()}`.slice(0, 40),
      },
    }),
    authorize: async () => ({
      headers: {},
      query: {
        client: facts.redirectKey,
        redirect_uri: facts.redirectUri,
        state: 's',
        code_challenge: sha256('x').toString('base64url'),
        code_challenge_method: 'S256',
      },
    }),
    showAuthorization: async () => ({
      path: await authorization(),
      headers: { 'X-AuthStack-Key': facts.pagesKey, Origin: world.publicUrl },
    }),
    completeAuthorization: async () => ({
      path: await authorization(),
      headers: {
        ...(await bearer(
          await newSession(mine.owner.userId, facts.pagesKey),
          null,
          facts.pagesKey,
        )),
        Origin: world.publicUrl,
      },
      body: {},
    }),
    exchangeCode: async () => {
      const code = secretText()
      const verifier = randomBytes(48).toString('base64url')
      const parent = await newSession(mine.owner.userId)
      await live.query(
        `insert into authorization_codes (code_hash, request_id, key_id, redirect_uri, code_challenge,
           user_id, parent_session_id, amr, auth_time, organization_id, expires_at)
         values ($1, $2, $3, 'https://app.test/back', $4, $5, $6, '{pwd}', now(), $7, now() + interval '60 s')`,
        [
          sha256(code),
          randomUUID(),
          keyId(keys.good),
          sha256(verifier).toString('base64url'),
          parent.userId,
          parent.sessionId,
          mine.id,
        ],
      )
      return { body: { code, code_verifier: verifier } }
    },
    introspect: async () => ({ body: { token: await world.token(mine.owner, mine) } }),
    createOrganization: async (route) => {
      // Nobody may make more than a few; each request comes from somebody new.
      const userId = await live.person('founder')
      return {
        headers: await bearer(await newSession(userId), null),
        body: sampleBody(route.body ?? {}),
      }
    },
    revokeSession: async () => ({
      path: { sessionId: (await newSession(asks().userId)).sessionId },
    }),
    revokeSessions: async () => ({
      headers: await bearer(await newSession(await live.person('restless')), null),
    }),
    deleteOrganization: async () => {
      await revive(second)
      await ownerOf(second, asks().userId)
      return {
        path: { orgId: second.id },
        headers: await bearer(await newSession(asks().userId), second),
      }
    },
    restoreOrganization: async () => {
      await ownerOf(second, asks().userId)
      await live.query(
        `update organizations set status = 'deleted', deleted_at = now(), deleted_by = $2,
           deletion_id = $3, purge_after = now() + interval '30 days' where tenant_id = $1`,
        [second.id, asks().userId, randomUUID()],
      )
      return { path: { orgId: second.id } }
    },
    transferOwnership: async () => {
      await ownerOf(mine, mine.owner.userId)
      return { body: { userId: await freshMember() } }
    },
    leaveOrganization: async () => {
      await revive(second)
      await ownerOf(second, asks().userId)
      await ownerOf(second, await live.person('successor'))
      return {
        path: { orgId: second.id },
        headers: await bearer(await newSession(asks().userId), second),
      }
    },
    joinOrganization: async () => {
      const domain = `join-${randomBytes(4).toString('hex')}.example`
      const userId = await live.person('joiner', `joiner@${domain}`)
      await live.query(
        `insert into organization_domains (tenant_id, domain, token, status, auto_join, auto_join_role_id, created_by, verified_at)
         values ($1, $2, 't', 'verified', true, $3, $4, now())`,
        [mine.id, domain, await roleIn(mine.id, 'viewer'), mine.owner.userId],
      )
      return { path: { orgId: mine.id }, headers: await bearer(await newSession(userId), null) }
    },
    updateMember: async () => ({
      path: { orgId: mine.id, userId: await freshMember() },
      body: { role: 'member' },
    }),
    removeMember: async () => ({ path: { orgId: mine.id, userId: await freshMember() } }),
    suspendMember: async () => ({ path: { orgId: mine.id, userId: await freshMember() } }),
    reactivateMember: async () => {
      const userId = await freshMember()
      await live.query(
        `update memberships set status = 'suspended' where tenant_id = $1 and user_id = $2`,
        [mine.id, userId],
      )
      return { path: { orgId: mine.id, userId } }
    },
    cancelInvitation: async () => ({
      path: { orgId: mine.id, invitationId: (await invitation(`${randomUUID()}@example.com`)).id },
    }),
    resendInvitation: async () => ({
      path: { orgId: mine.id, invitationId: (await invitation(`${randomUUID()}@example.com`)).id },
    }),
    lookupInvitation: async () => ({
      body: { token: (await invitation(`${randomUUID()}@example.com`)).token },
    }),
    acceptInvitation: async () => {
      const email = `guest-${randomUUID()}@example.com`
      const userId = await live.person('guest', email)
      return {
        headers: await bearer(await newSession(userId), null),
        body: { token: (await invitation(email)).token },
      }
    },
    updateDomain: async () => {
      const { rows: made } = await live.query(
        `insert into organization_domains (tenant_id, domain, token, status, created_by, verified_at)
         values ($1, $2, 't', 'verified', $3, now()) returning id`,
        [mine.id, `own-${randomUUID()}.example`, mine.owner.userId],
      )
      return { path: { orgId: mine.id, domainId: made[0].id }, body: { autoJoin: true } }
    },
    verifyDomain: async () => {
      const claim = { domain: `own-${randomUUID()}.example`, token: secretText() }
      const { rows: made } = await live.query(
        `insert into organization_domains (tenant_id, domain, token, created_by)
         values ($1, $2, $3, $4) returning id`,
        [mine.id, claim.domain, claim.token, mine.owner.userId],
      )
      const { name, value } = challengeOf(claim)
      api.dns.records.set(name, [value])
      return { path: { orgId: mine.id, domainId: made[0].id } }
    },
    startCheckout: async () => ({ body: { plan: 'max', returnUrl: facts.returnUrl } }),
    openBillingPortal: async () => ({ body: { returnUrl: facts.returnUrl } }),
    cancelSubscription: async () => {
      await subscription('resume')
      return {}
    },
    resumeSubscription: async () => {
      await subscription('cancel')
      return {}
    },
    backendCreateOrganization: async () => ({
      body: { name: 'Backend made', owner: { userId: await live.person('founder') } },
    }),
    backendAddMember: async () => ({
      body: { user: { userId: await live.person('added') }, role: 'viewer' },
    }),
    backendUpdateMember: async () => ({
      path: { orgId: mine.id, userId: await freshMember() },
      body: { role: 'member' },
    }),
    backendRemoveMember: async () => ({ path: { orgId: mine.id, userId: await freshMember() } }),
    listAuditEvents: async () => ({ query: { limit: '5' } }),
  }

  /** A thing that the request uses up is made anew by the POST on its collection. */
  async function freshThing(route: DocumentedRoute): Promise<Record<string, string>> {
    const parameter = route.params.at(-1)
    const collection = /^(.*)\/\{\w+\}(\/\w+)?$/.exec(route.path)?.[1]
    if (!parameter || parameter === 'orgId' || !collection) return {}
    const create = world.routes.find((one) => one.path === collection && one.method === 'POST')
    if (!create?.body) return {}
    const headers = await authorise(create, mine.owner)
    const made = await world.ask('POST', fillPath(collection, { orgId: mine.id }), {
      headers,
      body: sampleBody(create.body),
    })
    const id = made.body?.id ?? made.body?.key?.id
    if (!id) throw new Error(`${create.id}: ${made.status} ${made.text}`)
    return { [parameter]: id }
  }

  async function authorise(
    { who }: DocumentedRoute,
    actor = asks(),
  ): Promise<Record<string, string>> {
    switch (who.kind) {
      case 'key':
        return { 'X-AuthStack-Key': keys.good }
      case 'user':
        return bearer(await newSession(actor.userId), null)
      case 'member':
        return bearer(await newSession(actor.userId), mine)
      case 'secret':
        return { 'X-AuthStack-Secret': world.secrets.good }
      default:
        return {}
    }
  }

  return async (route: DocumentedRoute): Promise<GoodRequest> => {
    const usesUp = route.method === 'DELETE' || /\/\{\w+\}\/\w+$/.test(route.path)
    const made = await makers[route.id]?.(route)
    const path = {
      ...mine.things,
      orgId: mine.id,
      ...(usesUp && !made?.path ? await freshThing(route) : {}),
      ...made?.path,
    }
    return {
      path: Object.fromEntries(
        route.params.map((name) => [name, String(path[name as never] ?? '')]),
      ),
      query: made?.query ?? {},
      headers: made?.headers ?? (await authorise(route)),
      body: made && 'body' in made ? made.body : route.body ? sampleBody(route.body) : null,
    }
  }
}
