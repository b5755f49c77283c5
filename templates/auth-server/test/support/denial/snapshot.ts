import type { Rows } from './rows.ts'

/** The people's own tables that a spoilt server can do damage in. */
const OF_PEOPLE: Record<string, string> = { users: 'id', sessions: 'user_id' }

/**
 * Remembers the rows of some tenants and people, and puts them back. Triggers and foreign keys are off
 * meanwhile, so every table is free to be put back in any order; nobody who caches may be asked after.
 */
export async function takeSnapshot(
  rows: Rows,
  tenants: string[],
  people: string[],
): Promise<{ restore(): Promise<void> }> {
  const { rows: found } = await rows.query(
    `select c.relname as name from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'audit%'`,
  )
  const tables = [
    ...found.map(({ name }) => ({ name: String(name), by: 'tenant_id', ids: tenants })),
    ...Object.entries(OF_PEOPLE).map(([name, by]) => ({ name, by, ids: people })),
  ]
  const kept: { name: string; by: string; ids: string[]; json: string }[] = []
  for (const { name, by, ids } of tables) {
    const { rows: read } = await rows.query(
      `select coalesce(jsonb_agg(to_jsonb(t)), '[]')::text as json from "${name}" t where ${by} = any ($1)`,
      [ids],
    )
    kept.push({ name, by, ids, json: read[0].json })
  }
  return {
    async restore() {
      await rows.transaction(async (query) => {
        await query(`set local session_replication_role = replica`)
        for (const { name, by, ids, json } of kept) {
          await query(`delete from "${name}" where ${by} = any ($1)`, [ids])
          await query(
            `insert into "${name}" select * from jsonb_populate_recordset(null::"${name}", $1::jsonb)`,
            [json],
          )
        }
      })
    },
  }
}
