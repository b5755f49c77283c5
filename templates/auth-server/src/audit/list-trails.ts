import type { Mode } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'
import { OPERATORS_TRAIL } from './link-hash.ts'

export interface Trail {
  /** Id of the organization, or `OPERATORS_TRAIL`. */
  id: string
  /** Null for the operators' trail and for an organization that is gone. */
  organization: { slug: string; name: string } | null
}

/** Every trail of a mode that has an event, the operators' first. */
export async function listTrails(db: Database, mode: Mode): Promise<Trail[]> {
  const { rows } = await db.operator(
    mode,
    async (trx) =>
      (await trx.raw(
        `select t.trail as id, o.slug, o.name from definer.audit_trails() t
         left join definer.operator_organizations() o on o.id = t.trail
         order by t.trail <> ?, o.slug nulls last, t.trail`,
        [OPERATORS_TRAIL],
      )) as { rows: { id: string; slug: string | null; name: string | null }[] },
  )
  return rows.map(({ id, slug, name }) => ({
    id,
    organization: slug === null ? null : { slug, name: name ?? slug },
  }))
}
