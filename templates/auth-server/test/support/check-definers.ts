import type pg from 'pg'
import { asRole, attempt } from './as-role.ts'
import { machineHash, world } from './isolation-world.ts'

/** Who may call what. A function that is not here is a fault: it has not been reviewed. */
const allowed: Record<string, string[]> = {
  memberships_of_user: ['authstack_hub', 'authstack_operator'],
  membership: ['authstack_hub'],
  invitation_by_token_hash: ['authstack_hub'],
  slugs_taken: ['authstack_hub', 'authstack_tenant'],
  active_issuer: ['authstack_hub'],
  operator_organizations: ['authstack_operator'],
  member_profiles: ['authstack_tenant'],
  members_matching: ['authstack_tenant'],
  is_member_address: ['authstack_tenant'],
  audit_organizations_of: ['authstack_hub'],
  cut_audit_trail: ['authstack_tenant'],
  audit_trails: ['authstack_operator'],
  person_memberships: ['authstack_operator'],
  person_invitations: ['authstack_operator'],
  organization_of_customer: ['authstack_hub'],
  subscriptions_due: ['authstack_hub'],
  memberships_now: ['authstack_hub'],
  membership_now: ['authstack_hub'],
  restorable_organizations: ['authstack_hub'],
  idle_organizations: ['authstack_hub'],
  organizations_off_template: ['authstack_hub'],
  operator_deletions: ['authstack_operator'],
  joinable_organizations: ['authstack_hub'],
  domains_due: ['authstack_hub'],
  machine_key: ['authstack_hub'],
  organizations_page: ['authstack_hub'],
}

/** What is wrong with the functions that cross the walls; none when each opens only its own crack. */
export async function checkDefiners(client: pg.Client): Promise<string[]> {
  return [...(await checkCatalogue(client)), ...(await checkAnswers(client))]
}

/** The functions of the reviewed folder, by name. */
export async function definerFunctions(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query(
    `select proname from pg_proc where pronamespace = 'definer'::regnamespace order by proname`,
  )
  return rows.map((row) => row.proname)
}

async function checkCatalogue(client: pg.Client): Promise<string[]> {
  const faults: string[] = []
  const { rows } = await client.query(
    `select p.proname as name, n.nspname as schema, p.prosecdef, pg_get_userbyid(p.proowner) as owner,
       p.proconfig as config,
       array(select x.grantee::regrole::text from aclexplode(p.proacl) x
             where x.grantee <> p.proowner and x.privilege_type = 'EXECUTE' order by 1) as grantees,
       p.proacl is null or exists (select from aclexplode(p.proacl) x where x.grantee = 0) as is_public
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'definer' or (n.nspname = 'public' and p.prosecdef)`,
  )
  for (const row of rows) {
    const wrong = (what: string) => faults.push(`${row.schema}.${row.name} ${what}`)
    if (row.schema !== 'definer') wrong('is SECURITY DEFINER outside the reviewed schema')
    if (!row.prosecdef) wrong('is not SECURITY DEFINER')
    if (row.owner !== 'authstack_definer') wrong(`belongs to ${row.owner}`)
    if (!row.config?.includes('search_path=pg_catalog, pg_temp')) wrong('has no fixed search_path')
    if (row.is_public) wrong('may be called by everybody')
    const grantees = row.grantees.filter((grantee: string) => grantee !== '-')
    if (JSON.stringify(grantees) !== JSON.stringify(allowed[row.name] ?? null))
      wrong(`may be called by ${grantees.join(', ')}`)
  }
  return faults
}

/** Asks every function for what it must not tell, and for what it must. */
async function checkAnswers(client: pg.Client): Promise<string[]> {
  const { a, b, pending } = world
  const nobody = 'dddddddd-0000-4000-8000-000000000001'
  const ask = (role: string, tenant: string | null, sql: string, values: unknown[] = []) =>
    asRole(client, role, tenant, async () => {
      try {
        const { rows } = await client.query({ text: sql, values, rowMode: 'array' })
        return JSON.stringify(rows.map((row) => row[0]).sort())
      } catch (error) {
        return (error as Error).message
      }
    })
  const hub = (sql: string, values: unknown[] = []) => ask('authstack_hub', null, sql, values)
  const tenant = (id: string | null, sql: string, values: unknown[] = []) =>
    ask('authstack_tenant', id, sql, values)
  const memberships = 'select organization_id from definer.memberships_of_user($1)'
  const membership = 'select organization_id from definer.membership($1, $2)'
  const invitation = 'select organization_id from definer.invitation_by_token_hash($1)'
  const profiles = 'select user_id from definer.member_profiles($1)'
  const matching = 'select user_id from definer.members_matching($1)'
  const isAddress = 'select definer.is_member_address($1)'
  const slugs = 'select slug from definer.slugs_taken($1)'
  const issuer = 'select definer.active_issuer($1)'
  const everyone = [a.user, b.user, pending.user]
  const list = (...items: (string | boolean | null)[]) => JSON.stringify(items)

  const questions: [string, Promise<string>, string][] = []
  const expect = async (what: string, answer: () => Promise<string>, wanted: string) => {
    questions.push([what, Promise.resolve(await answer()), wanted])
  }
  await expect('memberships of a', () => hub(memberships, [a.user]), list(a.tenant))
  await expect('suspended or unfinished ones', () => hub(memberships, [pending.user]), list())
  await expect("a's own membership", () => hub(membership, [a.user, a.tenant]), list(a.tenant))
  await expect('a in b', () => hub(membership, [a.user, b.tenant]), list())
  await expect('a suspended member', () => hub(membership, [pending.user, a.tenant]), list())
  await expect('an unfinished one', () => hub(membership, [pending.user, pending.tenant]), list())
  await expect('the invitation of a token', () => hub(invitation, [b.tokenHash]), list(b.tenant))
  await expect('a made-up token', () => hub(invitation, [Buffer.alloc(32, 1)]), list())
  await expect('taken slugs', () => hub(slugs, [[a.slug, 'free-slug']]), list(a.slug))
  await expect(
    'issuer of a',
    () => hub(issuer, [a.tenant]),
    list(`https://issuer.example/${a.slug}`),
  )
  await expect('issuer of an unfinished one', () => hub(issuer, [pending.tenant]), list(null))
  await expect('issuer of nobody', () => hub(issuer, [nobody]), list(null))
  for (const [who, id] of [
    ['no tenant', null],
    ['an empty tenant', ''],
  ] as const) {
    await expect(`profiles for ${who}`, () => tenant(id, profiles, [everyone]), list())
    await expect(`search for ${who}`, () => tenant(id, matching, ['%']), list())
    await expect(`address for ${who}`, () => tenant(id, isAddress, [a.email]), list(false))
  }
  const inA = [a.user, pending.user]
  await expect('profiles in a', () => tenant(a.tenant, profiles, [everyone]), list(...inA))
  await expect('one profile in a', () => tenant(a.tenant, profiles, [[a.user]]), list(a.user))
  await expect('search in a', () => tenant(a.tenant, matching, ['%']), list(...inA))
  await expect('a search that fits one', () => tenant(a.tenant, matching, ['%ann%']), list(a.user))
  await expect("b's address in a", () => tenant(a.tenant, isAddress, [b.email]), list(false))
  await expect("a's address in a", () => tenant(a.tenant, isAddress, [a.email]), list(true))
  const all = () =>
    ask('authstack_operator', null, 'select id from definer.operator_organizations()')
  await expect(
    'the operator',
    all,
    list(a.tenant, b.tenant, pending.tenant, world.deleted.tenant, ...world.gone),
  )
  await expectOrganizations(expect, hub, ask)
  await expectTrails(expect, client, hub, tenant)
  const ties = `select concat_ws(' ', slug, status, is_last_owner)
    from definer.person_memberships($1)`
  const tiesOf = (id: string) => ask('authstack_operator', null, ties, [id])
  await expect(
    "a's ties",
    () => tiesOf(a.user),
    list(`${a.slug} active t`, `${world.deleted.slug} active f`),
  )
  await expect(
    "b's ties",
    () => tiesOf(b.user),
    list(`${b.slug} active t`, `${world.deleted.slug} suspended f`),
  )
  // The only owner of an organization that was never finished keeps nothing alive.
  await expect(
    "a pending one's ties",
    () => tiesOf(pending.user),
    list(`${a.slug} suspended f`, `${pending.slug} active f`),
  )
  const invited = 'select organization_id from definer.person_invitations($1)'
  const invitedTo = (email: string) => ask('authstack_operator', null, invited, [email])
  await expect('invitations of an address', () => invitedTo(`new@${b.slug}`), list(b.tenant))
  await expect('invitations of another', () => invitedTo('new@nowhere'), list())

  const customer = 'select definer.organization_of_customer($1)'
  await expect('a customer of Stripe', () => hub(customer, [`cus_${b.slug}`]), list(b.tenant))
  await expect('a customer of nobody', () => hub(customer, ['cus_none']), list(null))
  const machine = 'select organization_id from definer.machine_key($1)'
  await expect("b's machine key", () => hub(machine, [machineHash(b, 1)]), list(b.tenant))
  await expect('a revoked machine key', () => hub(machine, [machineHash(b, 2)]), list())
  await expect('a machine key that ended', () => hub(machine, [machineHash(b, 3)]), list())
  const dead = [machineHash(pending, 1), machineHash(world.deleted, 1), Buffer.alloc(32, 1)]
  for (const hash of dead) {
    await expect('a machine key of no active one', () => hub(machine, [hash]), list())
  }
  const page = 'select id from definer.organizations_page($1, $2, 10)'
  await expect('all for a backend', () => hub(page, [null, null]), list(a.tenant, b.tenant))
  const paged = `select p.id from definer.organizations_page(null, null, 1) f
    cross join lateral definer.organizations_page(f.created_at, f.id, 10) p`
  await expect('the page after the first', () => hub(paged), list(b.tenant))
  const first = `select members::text from definer.organizations_page(null, null, 1)`
  await expect('one a page, with its members', () => hub(first), list('2'))
  const due = 'select organization_id from definer.subscriptions_due(10)'
  await expect('subscriptions to be read again', () => hub(due), list(a.tenant))

  const faults: string[] = []
  for (const [what, answer, wanted] of questions) {
    const got = await answer
    if (got !== wanted) faults.push(`${what}: got ${got}, wanted ${wanted}`)
  }
  return faults
}

type Expect = (what: string, answer: () => Promise<string>, wanted: string) => Promise<void>

/** Memberships with branding, deletions, idle ones, realms off the template, and domains. */
async function expectOrganizations(
  expect: Expect,
  hub: (sql: string, values?: unknown[]) => Promise<string>,
  ask: (role: string, tenant: string | null, sql: string) => Promise<string>,
): Promise<void> {
  const { a, b, pending, deleted, gone } = world
  const list = (...items: string[]) => JSON.stringify(items)
  const all = 'select organization_id from definer.memberships_now($1)'
  const one = 'select organization_id from definer.membership_now($1, $2)'
  const restorable = 'select organization_id from definer.restorable_organizations($1)'
  const joinable = 'select organization_id from definer.joinable_organizations($1)'
  await expect('memberships of a, now', () => hub(all, [a.user]), list(a.tenant))
  await expect('suspended ones, now', () => hub(all, [pending.user]), list())
  await expect('a in a, now', () => hub(one, [a.user, a.tenant]), list(a.tenant))
  await expect('a in b, now', () => hub(one, [a.user, b.tenant]), list())
  await expect('suspended in a, now', () => hub(one, [pending.user, a.tenant]), list())
  await expect('a in a deleted one, now', () => hub(one, [a.user, deleted.tenant]), list())
  await expect(
    'restorable by its owner',
    () => hub(restorable, [deleted.user]),
    list(deleted.tenant),
  )
  await expect('restorable by a viewer', () => hub(restorable, [a.user]), list())
  await expect('restorable by a suspended owner', () => hub(restorable, [b.user]), list())
  await expect('restorable that is not deleted', () => hub(restorable, [pending.user]), list())
  const idle = 'select organization_id from definer.idle_organizations(7, 10)'
  await expect('idle organizations', () => hub(idle), list(a.tenant))
  const off = `select organization_id from definer.organizations_off_template('new', 10)`
  await expect('realms off the template', () => hub(off), list(a.tenant))
  const deletions = 'select organization_id from definer.operator_deletions()'
  await expect(
    'deletions, for the operator',
    () => ask('authstack_operator', null, deletions),
    list(deleted.tenant, ...gone),
  )
  await expect('joinable by domain', () => hub(joinable, [world.joiner]), list(a.tenant))
  for (const [who, id] of [
    ['with an unproved address', world.unprovedJoiner],
    ['who was removed', world.removedJoiner],
    ['who is switched off', world.disabledJoiner],
    ['who is a member', a.user],
    ['whose domain lets nobody in', world.uninvitedJoiner],
    ['whose domain names no role', deleted.user],
    ['whose organization is unfinished', world.earlyJoiner],
  ] as const) {
    await expect(`joinable by one ${who}`, () => hub(joinable, [id]), list())
  }
  const due = 'select organization_id from definer.domains_due(10)'
  await expect('domains that are due', () => hub(due), list(a.tenant))
}

/** Each tenant's trail has two links; a's checkpoint is at the first, everybody else's at the second. */
async function expectTrails(
  expect: (what: string, answer: () => Promise<string>, wanted: string) => Promise<void>,
  client: pg.Client,
  hub: (sql: string, values?: unknown[]) => Promise<string>,
  tenant: (id: string | null, sql: string, values?: unknown[]) => Promise<string>,
): Promise<void> {
  const { a, b, pending } = world
  const trails = 'select organization_id from definer.audit_organizations_of($1)'
  await expect("the trails of a's person", () => hub(trails, [a.user]), `["${a.tenant}"]`)
  // Suspended in A, which must still learn of their failed sign-ins; C was never finished, E is deleted.
  await expect('trails of a suspended one', () => hub(trails, [pending.user]), `["${a.tenant}"]`)
  const cut = (id: string | null, seq: number) =>
    tenant(id, 'select definer.cut_audit_trail($1)', [seq])
  await expect('a cut at a checkpoint', () => cut(a.tenant, 1), '["1"]')
  await expect('a cut without one', () => cut(a.tenant, 2), '["0"]')
  await expect('a cut of no tenant', () => cut(null, 1), '["0"]')
  const left = () =>
    asRole(client, 'authstack_tenant', a.tenant, async () => {
      const { error } = await attempt(client, 'select definer.cut_audit_trail(1)')
      if (error) return error
      await client.query('reset role')
      const { rows } = await client.query(
        `select tenant_id, count(*)::int as links,
           (select count(*)::int from audit_events e where e.tenant_id = l.tenant_id) as events
         from audit_links l where tenant_id = any($1) group by tenant_id order by tenant_id`,
        [[a.tenant, b.tenant]],
      )
      return JSON.stringify(rows.map(({ links, events }) => [links, events]))
    })
  await expect("a's cut takes one of a's and nothing of b's", left, '[[1,1],[2,2]]')
}
