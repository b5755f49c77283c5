import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { tenantTables } from './support/as-role.ts'
import { checkDefiners, definerFunctions } from './support/check-definers.ts'
import { checkTables } from './support/check-tables.ts'
import { superuserUrl } from './support/instance.ts'
import { seedWorld } from './support/isolation-world.ts'
import { createScratchDatabase, type ScratchDatabase } from './support/scratch-database.ts'

const superuser = superuserUrl()

/** Each takes away one guard of a function; the suite must notice every one. */
const definerMutations: [file: string, fn: string, from: string, to: string][] = [
  ['memberships', 'memberships_of_user', 'where m.user_id = wanted_user and', 'where'],
  [
    'memberships',
    'memberships_of_user',
    "m.user_id = wanted_user and m.status = 'active'",
    'm.user_id = wanted_user',
  ],
  ['memberships', 'memberships_of_user', "and o.status = 'active'\n", '\n'],
  ['memberships', 'membership', 'and m.user_id = wanted_user and', 'and'],
  ['memberships', 'membership', 'where m.tenant_id = wanted_organization and', 'where'],
  ['invitations', 'invitation_by_token_hash', 'where i.token_hash = wanted_hash', ''],
  ['organizations', 'slugs_taken', 'where o.slug = any (wanted)', ''],
  ['organizations', 'active_issuer', " and o.status = 'active'", ''],
  ['organizations', 'active_issuer', 'o.tenant_id = wanted_organization and', ''],
  ['organizations', 'operator_organizations', 'to authstack_operator', 'to authstack_hub'],
  ['profiles', 'member_profiles', 'm.tenant_id = (select', 'm.tenant_id <> (select'],
  ['profiles', 'member_profiles', '\n    and m.user_id = any (wanted_users)', ''],
  ['profiles', 'members_matching', 'm.tenant_id = (select', 'true or m.tenant_id = (select'],
  ['audit', 'audit_organizations_of', 'where m.user_id = wanted_user', ''],
  ['audit', 'audit_organizations_of', " and o.status = 'active'", ''],
  [
    'audit',
    'cut_audit_trail',
    `l.tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
      and `,
    '',
  ],
  ['audit', 'cut_audit_trail', 'and l.seq <= through_seq', ''],
  ['people', 'person_memberships', 'where m.user_id = wanted_user', ''],
  [
    'people',
    'person_memberships',
    "and other.status = 'active' and other.user_id <> m.user_id",
    '',
  ],
  ['people', 'person_memberships', "and o.status = 'active' and not", 'and not'],
  ['people', 'person_invitations', 'where i.email = wanted_email', ''],
  ['audit', 'audit_trails', 'to authstack_operator', 'to authstack_hub'],
  ['audit', 'cut_audit_trail', 'and c.seq = through_seq', ''],
  ['audit', 'cut_audit_trail', 'c.tenant_id = l.tenant_id and ', ''],
  [
    'profiles',
    'is_member_address',
    'u.email = wanted_email\n      and',
    'u.email = wanted_email or',
  ],
  ['organizations-more', 'memberships_now', 'where m.user_id = wanted_user and', 'where'],
  ['organizations-more', 'memberships_now', " and m.status = 'active'", ''],
  ['organizations-more', 'memberships_now', "and o.status = 'active'\n", '\n'],
  ['organizations-more', 'membership_now', 'and m.user_id = wanted_user and', 'and'],
  ['organizations-more', 'membership_now', 'where m.tenant_id = wanted_organization and', 'where'],
  ['organizations-more', 'membership_now', " and m.status = 'active'", ''],
  ['organizations-more', 'membership_now', "and o.status = 'active'\n", '\n'],
  ['organizations-more', 'restorable_organizations', "and r.slug = 'owner'", ''],
  ['organizations-more', 'restorable_organizations', " and m.status = 'active'", ''],
  ['organizations-more', 'restorable_organizations', 'm.user_id = wanted_user and', ''],
  ['organizations-more', 'restorable_organizations', "and o.status = 'deleted'", ''],
  ['organizations-more', 'restorable_organizations', 'and o.purge_started_at is null', ''],
  ['organizations-more', 'restorable_organizations', ' and o.purge_after > now()', ''],
  ['organizations-more', 'idle_organizations', "o.status = 'active' and", ''],
  ['organizations-more', 'idle_organizations', 'and o.last_used_at <', 'or o.last_used_at <'],
  ['organizations-more', 'organizations_off_template', "o.status = 'active' and", ''],
  [
    'organizations-more',
    'organizations_off_template',
    'and o.realm_template_hash is distinct from wanted_hash',
    '',
  ],
  ['organizations-more', 'operator_deletions', " where o.status = 'deleted'", ''],
  ['organizations-more', 'operator_deletions', 'to authstack_operator', 'to authstack_hub'],
  ['domains', 'joinable_organizations', " and d.status = 'verified'", ''],
  ['domains', 'joinable_organizations', "d.domain = substring(u.email from '@([^@]+)$') and", ''],
  ['domains', 'joinable_organizations', " and o.status = 'active'", ''],
  ['domains', 'joinable_organizations', 'u.id = wanted_user and', ''],
  ['domains', 'joinable_organizations', "u.state = 'active' and", ''],
  ['domains', 'joinable_organizations', ' and u.email_verified_at is not null', ''],
  ['domains', 'joinable_organizations', 'and d.auto_join and', 'and'],
  ['domains', 'joinable_organizations', ' and d.auto_join_role_id is not null', ''],
  ['domains', 'joinable_organizations', "and p.reason is distinct from 'removed'", ''],
  ['domains', 'joinable_organizations', 'm.tenant_id = d.tenant_id and', 'false and'],
  ['domains', 'domains_due', " and o.status = 'active'", ''],
  ['domains', 'domains_due', ' and d.next_check_at <= now()', ''],
  ['domains', 'domains_due', ' and d.expires_at <= now()', ''],
  ['subscriptions', 'organization_of_customer', 'where s.customer_id = wanted_customer', ''],
  ['backend', 'organizations_page', "p.status = 'active'", 'true'],
  ['backend', 'organizations_page', 'after_id is null or', 'true or'],
  ['backend', 'organizations_page', ' where m.tenant_id = o.tenant_id', ''],
  ['machine-keys', 'machine_key', 'k.key_hash = wanted_hash and', ''],
  ['machine-keys', 'machine_key', " and o.status = 'active'", ''],
  ['machine-keys', 'machine_key', ' and k.revoked_at is null', ''],
  ['machine-keys', 'machine_key', '\n    and (k.expires_at is null or k.expires_at > now())', ''],
  ['subscriptions', 'subscriptions_due', 'where s.check_at <= now()', ''],
]

describe('isolation in PostgreSQL', {
  skip: !superuser && 'no PostgreSQL: set AUTHSTACK_PG_SUPERUSER_URL',
}, () => {
  let scratch: ScratchDatabase
  let client: pg.Client

  before(async () => {
    scratch = await createScratchDatabase(superuser as string)
    client = new pg.Client({ connectionString: scratch.url })
    await client.connect()
    await seedWorld(client)
  })
  after(async () => {
    await client?.end()
    await scratch?.drop()
  })

  /** Runs in a transaction that never commits. */
  async function trial<T>(fn: () => Promise<T>): Promise<T> {
    await client.query('begin')
    try {
      return await fn()
    } finally {
      await client.query('rollback')
    }
  }

  test('every tenant table keeps its tenants apart', async () => {
    const tables = await tenantTables(client)
    assert.deepEqual(
      ['audit_events', 'invitations', 'memberships', 'organizations', 'roles'].filter(
        (name) => !tables.includes(name),
      ),
      [],
    )
    assert.deepEqual(await trial(() => checkTables(client)), [])
  })

  test('the functions that cross the walls tell no more than they must', async () => {
    assert.deepEqual(await trial(() => checkDefiners(client)), [])
  })

  test('roles have the least rights', async () => {
    const { rows } = await client.query(
      `select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles
       where rolname like 'authstack\\_%' and (rolsuper or rolcreaterole or rolcreatedb
         or (rolbypassrls and rolcanlogin))`,
    )
    assert.deepEqual(rows, [])
    // The trail only grows: nobody who can log in may change it, and only retention takes from it.
    const { rows: trail } = await client.query(
      `select r.role, t.name, p.privilege
       from unnest(array['authstack_tenant', 'authstack_hub', 'authstack_operator']) as r(role)
       cross join unnest(array['audit_events', 'audit_links', 'audit_checkpoints']) as t(name)
       cross join unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) as p(privilege)
       where has_table_privilege(r.role, t.name, p.privilege)
         or (p.privilege = 'UPDATE' and has_any_column_privilege(r.role, t.name, p.privilege))`,
    )
    assert.deepEqual(trail, [])
  })

  test('the suite has teeth: each weakened table is noticed', async () => {
    for (const table of await tenantTables(client)) {
      const own = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid)`
      const mutations = {
        'policy dropped': `drop policy tenant_isolation on ${table}`,
        'security off': `alter table ${table} disable row level security`,
        'not forced': `alter table ${table} no force row level security`,
        'open policy beside it': `create policy open on ${table} using (true)`,
        'check open': `drop policy tenant_isolation on ${table};
          create policy tenant_isolation on ${table} using (${own}) with check (true)`,
        'hub may read': `grant select on ${table} to authstack_hub`,
      }
      for (const [name, sql] of Object.entries(mutations)) {
        const faults = await trial(async () => {
          await client.query(sql)
          return checkTables(client)
        })
        assert.ok(
          faults.some((fault) => fault.startsWith(`${table}:`)),
          `${table}: "${name}" went unnoticed`,
        )
      }
    }
  })

  test('the suite has teeth: each weakened function is noticed', async () => {
    const mutated = new Set(definerMutations.map(([, fn]) => fn))
    assert.deepEqual(
      (await definerFunctions(client)).filter((name) => !mutated.has(name)),
      [],
      'every definer function needs a mutation here',
    )
    for (const [file, fn, from, to] of definerMutations) {
      const sql = await readFile(join(import.meta.dirname, `../src/db/definer/${file}.sql`), 'utf8')
      const faults = await trial(async () => {
        await client.query('set local role authstack_definer')
        await client.query(weaken(sql, fn, from, to))
        await client.query('reset role')
        return checkDefiners(client)
      })
      assert.notDeepEqual(faults, [], `${fn} without "${from}" went unnoticed`)
    }
    for (const fn of await definerFunctions(client)) {
      for (const change of ['reset search_path', 'security invoker', 'owner to current_user']) {
        const faults = await trial(async () => {
          await client.query(`alter function definer.${fn} ${change}`)
          return checkDefiners(client)
        })
        assert.notDeepEqual(faults, [], `${fn}: ${change} went unnoticed`)
      }
      const faults = await trial(async () => {
        await client.query(`grant execute on function definer.${fn} to public`)
        return checkDefiners(client)
      })
      assert.notDeepEqual(faults, [], `${fn} for everybody went unnoticed`)
    }
  })
})

/** Replaces `from` behind the head of the function; fails when the text is not there any more. */
function weaken(sql: string, fn: string, from: string, to: string): string {
  const start = sql.indexOf(`function definer.${fn}(`)
  const at = sql.indexOf(from, start)
  assert.ok(start >= 0 && at >= 0, `${fn}: "${from}" is not in the file any more`)
  return sql.slice(0, at) + to + sql.slice(at + from.length)
}
