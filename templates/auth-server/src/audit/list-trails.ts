import type { Mode } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'
import type { HeadsFile } from './heads-file.ts'
import { OPERATORS_TRAIL } from './link-hash.ts'

export interface Trail {
  /** Id of the organization, or `OPERATORS_TRAIL`. */
  id: string
  /** Null for the operators' trail and for an organization that is gone. */
  organization: { slug: string; name: string } | null
}

/**
 * Every trail of a mode, the operators' first: those that have a link, those of every organization,
 * and those whose end is written down outside (somebody may have deleted all the rest).
 */
export async function listTrails(
  { db, headsFile }: { db: Database; headsFile: Pick<HeadsFile, 'chains'> },
  mode: Mode,
): Promise<Trail[]> {
  const known = await headsFile.chains(mode)
  const { rows } = await db.operator(
    mode,
    async (trx) =>
      (await trx.raw(
        `select coalesce(t.trail, o.id) as id, o.slug, o.name
         from (select trail from definer.audit_trails()
               union select unnest(?::uuid[])
               union select ?::uuid) t
         full join (select id, slug, name from definer.operator_organizations()
                    where status <> 'pending') o on o.id = t.trail
         order by t.trail is distinct from ?, o.slug nulls last, id`,
        [known, OPERATORS_TRAIL, OPERATORS_TRAIL],
      )) as { rows: { id: string; slug: string | null; name: string | null }[] },
  )
  return rows.map(({ id, slug, name }) => ({
    id,
    organization: slug === null ? null : { slug, name: name ?? slug },
  }))
}
