import type { Knex } from 'knex'
import type { Settings } from '../settings.ts'

/** Built-in slugs; nobody may make a role of their own by these names. */
export const builtInRoles: readonly string[] = ['owner', 'admin', 'member', 'viewer']

/** The slugs that every organization has: the owner, and what the settings name. */
export function wantedRoles(settings: Pick<Settings, 'roles'>): string[] {
  return [...new Set(['owner', ...Object.keys(settings.roles)])]
}

/** Adds the rows of roles that the settings name and the organization lacks. */
export async function ensureRoles(
  trx: Knex.Transaction,
  organizationId: string,
  settings: Pick<Settings, 'roles'>,
): Promise<void> {
  const rows = wantedRoles(settings).map((slug) => ({
    tenant_id: organizationId,
    slug,
    name: titleCase(slug),
    built_in: builtInRoles.includes(slug),
  }))
  await trx('roles').insert(rows).onConflict(['tenant_id', 'slug']).ignore()
}

function titleCase(slug: string): string {
  const words = slug.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
