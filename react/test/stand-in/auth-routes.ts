import { roleOf } from './data.ts'
import { Refusal } from './refusal.ts'
import { organizationsOf, requireUser, sessionAnswer, tokenFor } from './session.ts'
import type { Call, Route } from './stand-in.ts'

export const authRoutes: Route[] = [
  ['GET', /^config$/, [], ({ world }) => world.config],
  ['POST', /^auth\/login$/, ['email', 'password', 'organizationId'], login],
  [
    'POST',
    /^auth\/signup$/,
    ['email', 'password', 'firstName', 'lastName', 'fields', 'invitationToken'],
    signup,
  ],
  ['POST', /^auth\/verify-email$/, ['token'], verifyEmail],
  ['POST', /^auth\/verify-email\/resend$/, ['email'], () => ({ status: 'check_email' })],
  ['POST', /^auth\/refresh$/, ['refreshToken', 'organizationId'], refresh],
  ['POST', /^auth\/switch$/, ['organizationId'], switchTo],
  ['POST', /^auth\/app-token$/, ['organizationId'], appToken],
  ['POST', /^auth\/logout$/, ['refreshToken'], logout],
  ['POST', /^auth\/password-reset$/, ['email'], () => ({ status: 'check_email' })],
  ['POST', /^auth\/password-reset\/confirm$/, ['token', 'password'], spendLink],
  ['POST', /^auth\/token$/, ['code', 'code_verifier', 'redirect_uri'], exchange],
  ['PATCH', /^me$/, ['firstName', 'lastName', 'fields'], updateMe],
  ['POST', /^invitations\/lookup$/, ['token'], lookup],
  ['POST', /^invitations\/accept$/, ['token'], accept],
]

function login({ world, body }: Call) {
  const found = world.users.find(({ user }) => user.email === body.email)
  if (!found || found.password !== body.password) throw new Refusal(401, 'invalid_credentials')
  if (!found.user.emailVerified) throw new Refusal(403, 'email_not_verified')
  return sessionAnswer(world, found.user, null)
}

function signup({ world, body }: Call) {
  if (!body.invitationToken) return { status: 'check_email' }
  if (!world.linkTokens.has(String(body.invitationToken))) throw new Refusal(410, 'link_invalid')
  const email = String(body.email)
  const user = { ...world.users[0]?.user, id: 'u-new', email } as never
  world.users.push({ user, password: String(body.password) })
  return { status: 'verified' }
}

function spendLink({ world, body }: Call) {
  if (!world.linkTokens.delete(String(body.token))) throw new Refusal(410, 'link_invalid')
}

function verifyEmail(call: Call) {
  spendLink(call)
  const user = call.world.users[0]?.user
  if (!user) throw new Error('stand-in: nobody to verify')
  return sessionAnswer(call.world, user, null)
}

function refresh({ world, body, credentials }: Call) {
  const { sessionDelivery } = world.config
  if (sessionDelivery === 'cookie' && credentials !== 'include') {
    throw new Error('stand-in: the refresh came without the cookie')
  }
  const sent = sessionDelivery === 'body' ? body.refreshToken : world.refreshToken
  if (world.spentTokens.has(String(sent))) throw new Refusal(401, 'refresh_reused')
  if (!sent || sent !== world.refreshToken) throw new Refusal(401, 'refresh_invalid')
  const found = world.users.find(({ user }) => user.id === world.sessionUserId)
  if (!found) throw new Refusal(401, 'refresh_invalid')
  const organizationId = (body.organizationId as string | undefined) ?? null
  const isMine = organizationsOf(world, found.user.id).some((one) => one.id === organizationId)
  if (organizationId && !isMine) throw new Refusal(404, 'not_found')
  return sessionAnswer(world, found.user, organizationId)
}

function switchTo(call: Call) {
  const user = requireUser(call)
  const id = String(call.body.organizationId)
  const organization = organizationsOf(call.world, user.id).find((one) => one.id === id)
  if (!organization) throw new Refusal(404, 'not_found')
  return { accessToken: tokenFor(call.world, id), expiresIn: call.world.expiresIn, organization }
}

function appToken(call: Call) {
  requireUser(call)
  const id = (call.body.organizationId as string | undefined) ?? 'hub'
  return { accessToken: `app-${++call.world.serial}-for-${id}`, expiresIn: 300 }
}

function logout({ world }: Call) {
  world.refreshToken = null
  world.sessionUserId = null
}

function exchange({ world, body }: Call) {
  if (body.code !== 'good-code' || !body.code_verifier) throw new Refusal(410, 'link_invalid')
  const user = world.users[0]?.user
  if (!user) throw new Error('stand-in: nobody to sign in')
  return sessionAnswer(world, user, null)
}

function updateMe(call: Call) {
  const user = requireUser(call)
  Object.assign(user, call.body)
  user.name = [user.firstName, user.lastName].filter(Boolean).join(' ')
  return { ...user }
}

function lookup({ world, body }: Call) {
  if (!world.linkTokens.has(String(body.token))) throw new Refusal(410, 'link_invalid')
  return {
    email: 'grace@example.com',
    organization: { name: 'Initech', logoUrl: null },
    role: { name: 'Member' },
    inviterName: 'Ada Lovelace',
    hasAccount: world.users.some(({ user }) => user.email === 'grace@example.com'),
    expiresAt: '2026-12-01T00:00:00Z',
  }
}

function accept(call: Call) {
  const user = requireUser(call)
  spendLink(call)
  if (user.email !== 'grace@example.com') throw new Refusal(403, 'invitation_for_another_address')
  const { id, slug, name } = roleOf('member')
  const joinedAt = '2026-11-24T00:00:00Z'
  const organizationId = '33333333-3333-4333-8333-333333333333'
  call.world.organizations.push({
    id: organizationId,
    slug: 'initech',
    name: 'Initech',
    invitations: [],
    members: [{ ...user, userId: user.id, role: { id, slug, name }, status: 'active', joinedAt }],
  })
  return organizationsOf(call.world, user.id).find((one) => one.id === organizationId)
}
