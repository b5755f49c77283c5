import type { Settings } from '../settings.ts'
import { permissionCatalogue } from './permission-catalogue.ts'

/**
 * The permissions of a role, as full names, sorted.
 * `permissions: null` means "as the settings say": then a deploy changes the role in every organization.
 * A name that the catalogue no longer has grants nothing. The owner has everything.
 */
export function rolePermissions(
  settings: Pick<Settings, 'permissions' | 'roles'>,
  role: { slug: string; permissions: string[] | null },
): string[] {
  const names = permissionCatalogue(settings).map((permission) => permission.name)
  if (role.slug === 'owner') return names.sort()
  return expandPermissions(names, role.permissions ?? settings.roles[role.slug] ?? [])
}

/** Resolves `*` and `members:*` against the names that exist. */
export function expandPermissions(names: string[], grants: string[]): string[] {
  return names.filter((name) => grants.some((grant) => covers(grant, name))).sort()
}

function covers(grant: string, name: string): boolean {
  if (grant === '*') return true
  // The colon stays in the prefix: `members:*` must not cover `members-secret:view`.
  return grant.endsWith(':*') ? name.startsWith(grant.slice(0, -1)) : grant === name
}
