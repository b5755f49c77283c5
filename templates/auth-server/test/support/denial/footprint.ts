import type { Rows } from './rows.ts'

/** Tables that a refused request may touch: trails, and what counts or remembers requests. */
const MAY_CHANGE = new Set([
  ...['audit_events', 'hub_events', 'burned_assertions', 'idempotency_records'],
])

/** A checksum of every tenant's rows, by table and tenant: whatever writes across the walls shows. */
export async function readFootprint(rows: Rows): Promise<Record<string, string>> {
  const { rows: tables } = await rows.query(
    `select c.relname as name from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
  )
  const footprint: Record<string, string> = {}
  for (const { name } of tables as { name: string }[]) {
    if (MAY_CHANGE.has(name)) continue
    const { rows: sums } = await rows.query(
      `select tenant_id, md5(string_agg(md5(t::text), '' order by md5(t::text))) as sum
       from "${name}" t group by tenant_id`,
    )
    for (const { tenant_id: tenant, sum } of sums) footprint[`${name} ${tenant}`] = sum
  }
  return footprint
}
