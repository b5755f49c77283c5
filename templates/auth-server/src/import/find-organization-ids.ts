import type { Mode } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'

/** Ids of active organizations, by the slug or id (in lower case) that was asked for. */
export async function findOrganizationIds(
  db: Database,
  mode: Mode,
  names: string[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(names.map((name) => name.toLowerCase()))]
  return db.operator(mode, async (trx) => {
    const { rows } = (await trx.raw(
      `select id, slug from definer.operator_organizations()
       where status = 'active' and (slug = any(?) or id::text = any(?))`,
      [wanted, wanted],
    )) as { rows: { id: string; slug: string }[] }
    return new Map(rows.flatMap(({ id, slug }) => [[slug, id] as const, [id, id] as const]))
  })
}
