import type pg from 'pg'
import { asRole, attempt, tenantTables } from './as-role.ts'
import { world } from './isolation-world.ts'

const expression =
  /^\(tenant_id = \( SELECT \(NULLIF\(current_setting\('app\.tenant'::text, true\), ''::text\)\)::uuid AS "?nullif"?\)\)$/i

/**
 * What is wrong with the walls between tenants: one sentence per fault, none when all hold. It asks
 * the catalogue and then tries the attacks, so a policy that only looks right is found as well.
 * The client is a superuser inside a transaction; nothing it does stays.
 */
export async function checkTables(client: pg.Client): Promise<string[]> {
  const faults: string[] = await checkGrants(client)
  for (const table of await tenantTables(client)) {
    const found = [
      ...(await checkCatalogue(client, table)),
      ...(await checkReads(client, table)),
      ...(await checkWrites(client, table)),
    ]
    faults.push(...found.map((fault) => `${table}: ${fault}`))
  }
  return faults
}

async function checkCatalogue(client: pg.Client, table: string): Promise<string[]> {
  const faults: string[] = []
  const { rows: flags } = await client.query(
    `select relrowsecurity, relforcerowsecurity from pg_class where oid = $1::regclass`,
    [table],
  )
  if (!flags[0]?.relrowsecurity) faults.push('row-level security is off')
  if (!flags[0]?.relforcerowsecurity) faults.push('row-level security is not forced on the owner')
  const { rows: policies } = await client.query(
    `select permissive, cmd, roles::text[] as roles, qual, with_check from pg_policies
     where schemaname = 'public' and tablename = $1`,
    [table],
  )
  const [policy] = policies
  if (policies.length !== 1) faults.push(`has ${policies.length} policies instead of one`)
  else if (policy.cmd !== 'ALL' || policy.permissive !== 'PERMISSIVE')
    faults.push('the policy is not for all commands')
  else if (!expression.test(policy.qual) || !expression.test(policy.with_check))
    faults.push(`the policy says ${policy.qual} / ${policy.with_check}`)
  const { rows: indexes } = await client.query(
    `select 1 from pg_index i
     join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
     where i.indrelid = $1::regclass and a.attname = 'tenant_id' and i.indpred is null`,
    [table],
  )
  if (indexes.length === 0) faults.push('no index leads with tenant_id')
  else if (!(await usesTenantIndex(client, table))) faults.push('the plan does not use the index')
  return faults
}

/** With sequential scans forbidden, a policy that PostgreSQL can index shows an Index Cond. */
async function usesTenantIndex(client: pg.Client, table: string): Promise<boolean> {
  const rows = await asRole(client, 'authstack_tenant', world.a.tenant, async () => {
    await client.query('set local enable_seqscan = off')
    return (await client.query(`explain select tenant_id from ${table}`)).rows
  })
  return rows.some((row) => /Index Cond: \(tenant_id = /.test(row['QUERY PLAN']))
}

async function checkReads(client: pg.Client, table: string): Promise<string[]> {
  const faults: string[] = []
  const count = async (role: string, tenant: string | null, where = 'true') =>
    asRole(client, role, tenant, async () => {
      const { rows } = await client.query(`select count(*)::int as n from ${table} where ${where}`)
      return rows[0].n as number
    })
  const { rows: own } = await client.query(
    `select count(*)::int as n from ${table} where tenant_id = $1`,
    [world.a.tenant],
  )
  // An extension's table may be empty here: then only the catalogue speaks.
  const isSeeded = own[0].n > 0
  for (const role of ['authstack_tenant', 'authstack_owner']) {
    for (const tenant of [null, '']) {
      if ((await count(role, tenant)) > 0) faults.push(`${role} without a tenant sees rows`)
    }
    const foreign = `tenant_id <> '${world.a.tenant}'`
    if ((await count(role, world.a.tenant, foreign)) > 0)
      faults.push(`${role} as one tenant sees rows of another`)
  }
  if (isSeeded && (await count('authstack_tenant', world.a.tenant)) !== own[0].n)
    faults.push('a tenant does not see its own rows')
  return faults
}

async function checkWrites(client: pg.Client, table: string): Promise<string[]> {
  const faults: string[] = []
  const { a, b } = world
  const asA = (sql: string) =>
    asRole(client, 'authstack_tenant', a.tenant, () => attempt(client, sql))
  const update = await asA(
    `update ${table} set tenant_id = tenant_id where tenant_id = '${b.tenant}'`,
  )
  if (update.rowCount > 0) faults.push('one tenant updates rows of another')
  const remove = await asA(`delete from ${table} where tenant_id = '${b.tenant}'`)
  if (remove.rowCount > 0) faults.push('one tenant deletes rows of another')
  const copy = await copyOfOwnRow(client, table)
  if (copy === null) return faults
  const insert = await asA(copy)
  // Any other refusal (a duplicate key, say) would mean that the policy was not asked first.
  if (insert.rowCount > 0 || !/row-level security/.test(insert.error ?? ''))
    faults.push('a row for another tenant is not refused by the policy')
  return faults
}

/** An INSERT of a's own row under b's tenant id, or null when the table is empty. */
async function copyOfOwnRow(client: pg.Client, table: string): Promise<string | null> {
  const { rows } = await client.query(
    `select to_jsonb(t) as row from ${table} t where tenant_id = $1 limit 1`,
    [world.a.tenant],
  )
  if (!rows[0]) return null
  const row = { ...rows[0].row, tenant_id: world.b.tenant, id: crypto.randomUUID() }
  const json = client.escapeLiteral(JSON.stringify(row))
  return `insert into ${table} select (jsonb_populate_record(null::${table}, ${json})).*`
}

/** The hub reads no tenant table; the tenant role reads nothing that has no tenant. */
async function checkGrants(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query(
    `select c.relname as table, r.role, p.privilege,
       exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id'
               and not a.attisdropped) as is_tenants
     from pg_class c
     cross join unnest(array['authstack_hub', 'authstack_tenant', 'authstack_operator']) as r(role)
     cross join unnest(array['SELECT', 'INSERT', 'UPDATE']) as p(privilege)
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
       and has_any_column_privilege(r.role, c.oid, p.privilege)`,
  )
  const faults: string[] = []
  for (const { table, role, privilege, is_tenants: isTenants } of rows) {
    if (role === 'authstack_hub' && isTenants) faults.push(`${table}: the hub may ${privilege}`)
    if (role === 'authstack_tenant' && !isTenants && privilege !== 'INSERT')
      faults.push(`${table}: the tenant role may ${privilege} a table without tenants`)
    if (role === 'authstack_operator' && (isTenants || privilege !== 'SELECT'))
      faults.push(`${table}: the operator role may ${privilege}`)
  }
  return faults
}
