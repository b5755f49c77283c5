import type { Rows } from './rows.ts'

/** Tables that a refused request may touch: trails, and what counts or remembers requests. */
const MAY_CHANGE = /^(audit_|monthly_active|usage_)/

/** A checksum of every tenant's rows, by table and tenant: whatever writes across the walls shows. */
export async function readFootprint(rows: Rows): Promise<Record<string, string>> {
  const { rows: tables } = await rows.query(
    `select c.relname as name from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
  )
  const footprint: Record<string, string> = {}
  for (const { name } of tables as { name: string }[]) {
    if (MAY_CHANGE.test(name)) continue
    const { rows: sums } = await rows.query(
      // When a thing was used last is noted for whoever may use it, also when the thing asked for is not there.
      `select tenant_id, sum(hashtextextended((to_jsonb(t) - 'last_used_at')::text, 1))::text as sum
       from "${name}" t group by tenant_id`,
    )
    for (const { tenant_id: tenant, sum } of sums) footprint[`${name} ${tenant}`] = sum
  }
  return footprint
}

/** The tables and tenants in which two footprints differ. */
export function changedBetween(
  before: Record<string, string>,
  after: Record<string, string>,
): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter((name) => before[name] !== after[name])
}
