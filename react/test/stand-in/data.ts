import type { InstanceConfig, Invitation, Member, Role, User } from '../../src/core/types.ts'

export const API_KEY = `ask_test_abcd1234_${'x'.repeat(43)}_crc123`
export const ENDPOINT = 'http://stand-in.test'

export const ACME = '11111111-1111-4111-8111-111111111111'
export const GLOBEX = '22222222-2222-4222-8222-222222222222'

export const ada: User = person('u-ada', 'ada@example.com', 'Ada', 'Lovelace')
export const grace: User = person('u-grace', 'grace@example.com', 'Grace', 'Hopper')

function person(id: string, email: string, firstName: string, lastName: string): User {
  return {
    id,
    email,
    emailVerified: true,
    firstName,
    lastName,
    name: `${firstName} ${lastName}`,
    avatarUrl: null,
    fields: {},
    createdAt: '2026-01-05T09:00:00Z',
  }
}

const MEMBER_PERMISSIONS = ['members:view', 'projects:view', 'projects:create']
const ADMIN_PERMISSIONS = [
  ...MEMBER_PERMISSIONS,
  'members:invite',
  'members:edit',
  'members:remove',
  'roles:view',
]
const OWNER_PERMISSIONS = [
  ...ADMIN_PERMISSIONS,
  'organization:settings:view',
  'organization:settings:edit',
  'organization:delete',
]

export const roles: Role[] = [
  role('owner', OWNER_PERMISSIONS),
  role('admin', ADMIN_PERMISSIONS),
  role('member', MEMBER_PERMISSIONS),
  role('viewer', ['projects:view']),
]

function role(slug: string, permissions: string[]): Role {
  const name = slug.charAt(0).toUpperCase() + slug.slice(1)
  return { id: `r-${slug}`, slug, name, description: null, builtIn: true, permissions }
}

export function roleOf(nameOrSlugOrId: string): Role {
  const wanted = nameOrSlugOrId.toLowerCase()
  const found = roles.find((one) => [one.slug, one.id, one.name.toLowerCase()].includes(wanted))
  if (!found) throw new Error(`stand-in: no role ${nameOrSlugOrId}`)
  return found
}

export function memberOf(user: User, roleSlug: string): Member {
  const { id, slug, name } = roleOf(roleSlug)
  return {
    userId: user.id,
    email: user.email,
    firstName: user.firstName,
    lastName: user.lastName,
    name: user.name,
    avatarUrl: user.avatarUrl,
    role: { id, slug, name },
    status: 'active',
    joinedAt: '2026-03-01T12:00:00Z',
  }
}

export function invitationOf(id: string, email: string, roleSlug: string): Invitation {
  const { id: roleId, slug, name } = roleOf(roleSlug)
  return {
    id,
    email,
    role: { id: roleId, slug, name },
    status: 'pending',
    createdAt: '2026-11-20T12:00:00Z',
    expiresAt: new Date(Date.now() + 6.5 * 86_400_000).toISOString(),
    invitedBy: { userId: ada.id, name: ada.name },
  }
}

export const config: InstanceConfig = {
  project: 'acme-auth',
  name: 'Acme',
  mode: 'test',
  version: 'v1.0',
  theme: { primaryColor: '#4f46e5', fontFamily: 'system', radius: '8px', darkMode: 'system' },
  logo: null,
  locales: ['en'],
  methods: { password: true, magicLink: false, emailCode: false, passkeys: false, social: [] },
  signup: { enabled: true, emailVerification: 'required', fields: [] },
  passwordPolicy: { minLength: 12, maxBytes: 72 },
  plans: [],
  sessionDelivery: 'cookie',
  keyId: 'abcd1234',
}
