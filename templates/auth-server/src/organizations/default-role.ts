import type { Settings } from '../settings.ts'

/**
 * Slug of the role that somebody gets where no role is named: the organization's own choice, else
 * `member`, else the last role of the settings. Null when the settings have no role: an owner is
 * never made by leaving something out.
 */
export function defaultRole(
  settings: Pick<Settings, 'roles'>,
  chosen: string | null | undefined,
): string | null {
  if (chosen) return chosen
  const names = Object.keys(settings.roles).filter((name) => name !== 'owner')
  return names.includes('member') ? 'member' : (names.at(-1) ?? null)
}
