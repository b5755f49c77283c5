import type { Rows } from '../denial/rows.ts'
import type { FuzzTenant } from './fuzz-world.ts'

/** Trails that the sequencer rewrites in its own time, and what counts use. */
const OTHERS = /^(audit_|monthly_active|usage_)/

let statement: Promise<string> | null = null

/** One number a tenant for all of its rows in all tables; two that are equal mean that nothing changed. */
export async function readTenantSums(
  rows: Rows,
  tenants: FuzzTenant[],
): Promise<Map<string, string>> {
  statement ??= buildStatement(rows)
  const { rows: sums } = await rows.query(await statement, [tenants.map(({ id }) => id)])
  return new Map(sums.map(({ tenant_id: id, sum }) => [id, sum]))
}

async function buildStatement(rows: Rows): Promise<string> {
  const { rows: tables } = await rows.query(
    `select c.relname as name from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
  )
  const parts = (tables as { name: string }[])
    .filter(({ name }) => !OTHERS.test(name))
    .map(
      ({ name }) =>
        `select tenant_id, hashtextextended((to_jsonb(t) - 'last_used_at')::text, 1) as row_sum
         from "${name}" t where tenant_id = any ($1)`,
    )
  return `select tenant_id, sum(row_sum)::text as sum from (${parts.join(' union all ')}) all_rows group by tenant_id`
}
