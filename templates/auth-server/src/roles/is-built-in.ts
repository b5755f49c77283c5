import type { Settings } from '../settings.ts'
import { builtInRoles } from './ensure-roles.ts'

/**
 * A role that the server or the settings answer for: the owner, and every row without a list of its
 * own that the settings still name. An organization's own role always has a list. One that the settings
 * have dropped grants nothing and is nobody's any more: it may be deleted.
 */
export function isBuiltIn(
  settings: Pick<Settings, 'roles'>,
  role: { slug: string; permissions: string[] | null },
): boolean {
  return role.slug === 'owner' || (role.permissions === null && role.slug in settings.roles)
}

/** Slugs that no organization may give to a role of its own, in lower case. */
export function reservedSlugs(settings: Pick<Settings, 'roles'>): Set<string> {
  return new Set([...builtInRoles, ...Object.keys(settings.roles)])
}
