import type { Settings } from '../project/settings-schema.ts'

/** Permissions that every instance has (kept in step with the server by the contract). */
const builtInPermissions = [
  'organization:settings:view',
  'organization:settings:edit',
  'organization:delete',
  'members:view',
  'members:invite',
  'members:edit',
  'members:remove',
  'roles:view',
  'roles:edit',
  'domains:view',
  'domains:edit',
  'departments:view',
  'departments:edit',
  'api-keys:view',
  'api-keys:edit',
  'billing:view',
  'billing:edit',
  'audit:view',
]

export type Names = { permissions: string[]; roles: string[] }

/** Every permission and role that an instance with these settings has, sorted, the built-in ones with them. */
export function listNames(settings: Pick<Settings, 'permissions' | 'roles'>): Names {
  const own = settings.permissions.map(({ name }) => name)
  return {
    permissions: [...new Set([...builtInPermissions, ...own])].sort(),
    roles: [...new Set(['owner', ...Object.keys(settings.roles)])].sort(),
  }
}
