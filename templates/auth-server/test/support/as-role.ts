import type pg from 'pg'

/** Every table whose rows belong to a tenant, the customer's own among them. */
export async function tenantTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query(
    `select c.relname from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
     order by c.relname`,
  )
  return rows.map((row) => row.relname)
}

/**
 * Runs `fn` with exactly the rights of a role, and a tenant or none, inside the caller's transaction;
 * afterwards all that it did is taken back.
 */
export async function asRole<T>(
  client: pg.Client,
  role: string,
  tenant: string | null,
  fn: () => Promise<T>,
): Promise<T> {
  await client.query('savepoint as_role')
  try {
    if (tenant !== null) await client.query(`select set_config('app.tenant', $1, true)`, [tenant])
    await client.query(`set local role ${role}`)
    return await fn()
  } finally {
    await client.query('rollback to savepoint as_role')
    await client.query('release savepoint as_role')
  }
}

/** Runs one statement that may be refused. */
export async function attempt(
  client: pg.Client,
  sql: string,
): Promise<{ rowCount: number; error: string | null }> {
  try {
    return { rowCount: (await client.query(sql)).rowCount ?? 0, error: null }
  } catch (error) {
    return { rowCount: 0, error: (error as Error).message }
  }
}
