import type { Organization, SessionAnswer, User } from '../../src/core/types.ts'
import { roleOf } from './data.ts'
import { Refusal } from './refusal.ts'
import type { Call, World } from './stand-in.ts'

/** Starts or continues the one session and answers as the instance does. */
export function sessionAnswer(
  world: World,
  user: User,
  organizationId: string | null,
): SessionAnswer {
  if (world.refreshToken) world.spentTokens.add(world.refreshToken)
  world.refreshToken = `refresh-${++world.serial}`
  world.sessionUserId = user.id
  const mine = organizationsOf(world, user.id)
  const organization = mine.find((one) => one.id === organizationId) ?? null
  if (organizationId && !organization) throw new Refusal(404, 'not_found')
  return {
    accessToken: tokenFor(world, organizationId),
    ...(world.config.sessionDelivery === 'body' ? { refreshToken: world.refreshToken } : {}),
    expiresIn: world.expiresIn,
    user,
    organizations: mine.map(({ id, slug, name, role, logoUrl }) => ({
      id,
      slug,
      name,
      role,
      logoUrl,
    })),
    organization,
  }
}

export function tokenFor(world: World, organizationId: string | null): string {
  return `token-${++world.serial}-for-${organizationId ?? 'hub'}`
}

export function organizationsOf(world: World, userId: string): Organization[] {
  return world.organizations.flatMap(({ id, slug, name, members }) => {
    const me = members.find((one) => one.userId === userId)
    if (!me) return []
    const { permissions } = roleOf(me.role.slug)
    const createdAt = '2026-01-05T09:00:00Z'
    return [
      {
        id,
        slug,
        name,
        role: me.role.slug,
        logoUrl: null,
        branding: { primaryColor: null },
        settings: { defaultRole: 'member' },
        plan: 'free',
        createdAt,
        permissions,
        restorableUntil: null,
      },
    ]
  })
}

/** The signed-in person of a call, or 401. */
export function requireUser({ world, headers }: Call): User {
  const bearer = headers.get('authorization') ?? ''
  if (!bearer.startsWith('Bearer token-')) throw new Refusal(401, 'token_required')
  const found = world.users.find(({ user }) => user.id === world.sessionUserId)
  if (!found) throw new Refusal(401, 'session_revoked')
  return found.user
}

/** The organization of a call's path, checked as the instance does: path, header and token agree. */
export function requireOrganization(call: Call, permission?: string) {
  const user = requireUser(call)
  const id = call.params[0]
  const found = call.world.organizations.find((one) => one.id === id)
  const token = call.headers.get('authorization') ?? ''
  const isConsistent = token.endsWith(`-for-${id}`) && call.headers.get('x-tenant-id') === id
  const mine = organizationsOf(call.world, user.id).find((one) => one.id === id)
  if (!found || !mine || !isConsistent) throw new Refusal(404, 'not_found')
  if (permission && !mine.permissions.includes(permission)) {
    throw new Refusal(403, 'permission_denied')
  }
  return { found, mine, user }
}
