import type pg from 'pg'

/** Two tenants that know nothing of each other; fixed ids, so that failures read well. */
export const world = {
  a: {
    tenant: 'aaaaaaaa-0000-4000-8000-000000000001',
    user: 'aaaaaaaa-0000-4000-8000-000000000002',
    role: 'aaaaaaaa-0000-4000-8000-000000000003',
    email: 'ann@a.example',
    slug: 'tenant-a',
    tokenHash: Buffer.alloc(32, 0xaa),
  },
  b: {
    tenant: 'bbbbbbbb-0000-4000-8000-000000000001',
    user: 'bbbbbbbb-0000-4000-8000-000000000002',
    role: 'bbbbbbbb-0000-4000-8000-000000000003',
    email: 'bo@b.example',
    slug: 'tenant-b',
    tokenHash: Buffer.alloc(32, 0xbb),
  },
  /** Member of a suspended membership, and of an organization that was never finished. */
  pending: {
    tenant: 'cccccccc-0000-4000-8000-000000000001',
    user: 'cccccccc-0000-4000-8000-000000000002',
    role: 'cccccccc-0000-4000-8000-000000000003',
    email: 'cy@c.example',
    slug: 'tenant-c',
    tokenHash: Buffer.alloc(32, 0xcc),
  },
  /** Deleted and within its grace period: only its owner may know that it can come back. */
  deleted: {
    tenant: 'eeeeeeee-0000-4000-8000-000000000001',
    user: 'eeeeeeee-0000-4000-8000-000000000002',
    role: 'eeeeeeee-0000-4000-8000-000000000003',
    email: 'eve@e.example',
    slug: 'tenant-e',
    tokenHash: Buffer.alloc(32, 0xee),
  },
  /** Deleted ones of the same owner that cannot come back: being purged, and past the grace. */
  gone: ['ffffffff-0000-4000-8000-000000000001', 'ffffffff-0000-4000-8000-000000000002'],
  /** People with an address under a's verified domain, none of them a member. */
  joiner: 'abababab-0000-4000-8000-000000000001',
  unprovedJoiner: 'abababab-0000-4000-8000-000000000002',
  removedJoiner: 'abababab-0000-4000-8000-000000000003',
  disabledJoiner: 'abababab-0000-4000-8000-000000000004',
  /** Nor these: of b, which lets nobody in by its domain, and of the unfinished organization. */
  uninvitedJoiner: 'abababab-0000-4000-8000-000000000005',
  earlyJoiner: 'abababab-0000-4000-8000-000000000006',
} as const

type Side = (typeof world)['a' | 'b' | 'pending' | 'deleted']

/** Puts one row of each tenant into every tenant table. The client is a superuser. */
export async function seedWorld(client: pg.Client): Promise<void> {
  await seedSide(client, world.a, 'active')
  await seedSide(client, world.b, 'active')
  await seedSide(client, world.pending, 'pending')
  // Suspended in A: must show nowhere as a member who may act.
  await client.query(
    `insert into memberships (tenant_id, user_id, role_id, status) values ($1, $2, $3, 'suspended')`,
    [world.a.tenant, world.pending.user, world.a.role],
  )
  await seedDeleted(client)
  await seedDomains(client)
}

/** Deleted organizations; a sees one of them as a mere viewer, b owned it and is suspended. */
async function seedDeleted(client: pg.Client): Promise<void> {
  const { a, b, deleted, gone } = world
  await seedSide(client, deleted, 'deleted')
  await client.query(
    `update organizations set deleted_at = now(), purge_after = now() + interval '30 days',
       last_used_at = now() - interval '9 days', realm_template_hash = 'old'
     where tenant_id = $1`,
    [deleted.tenant],
  )
  const viewer = 'eeeeeeee-0000-4000-8000-000000000004'
  await client.query(
    `insert into roles (tenant_id, id, slug, name) values ($1, $2, 'viewer', 'Viewer')`,
    [deleted.tenant, viewer],
  )
  await client.query(
    `insert into memberships (tenant_id, user_id, role_id, status)
     values ($1, $2, $3, 'active'), ($1, $4, $5, 'suspended')`,
    [deleted.tenant, a.user, viewer, b.user, deleted.role],
  )
  for (const [index, tenant] of gone.entries()) {
    const isPurging = index === 0
    await client.query(
      `insert into organizations (tenant_id, slug, name, plan, status, created_by, deleted_at,
         purge_after, purge_started_at)
       values ($1, $2, 'Gone', 'free', 'deleted', $3, now() - interval '31 days',
         now() + $4::interval, $5)`,
      [
        tenant,
        `gone-${index}`,
        deleted.user,
        isPurging ? '1 day' : '-1 day',
        isPurging ? new Date() : null,
      ],
    )
    await client.query(
      `with role as (
         insert into roles (tenant_id, slug, name) values ($1, 'owner', 'Owner') returning id
       ) insert into memberships (tenant_id, user_id, role_id) select $1, $2, id from role`,
      [tenant, deleted.user],
    )
  }
  await client.query(
    `update organizations set last_used_at = now() - interval '8 days', realm_template_hash = 'old'
     where tenant_id = $1`,
    [a.tenant],
  )
  // Not deleted, whatever else its row says.
  await client.query(
    `update organizations set purge_after = now() + interval '1 day' where tenant_id = $1`,
    [world.pending.tenant],
  )
  await client.query(`update organizations set realm_template_hash = 'new' where tenant_id = $1`, [
    b.tenant,
  ])
}

/** a verified a.example and lets people in; b verified b.example, does not, and claims a.example. */
async function seedDomains(client: pg.Client): Promise<void> {
  const { a, b, pending, joiner, unprovedJoiner, removedJoiner, disabledJoiner } = world
  await client.query('update users set email_verified_at = now()')
  await client.query(
    `insert into users (id, email, state, email_verified_at) values
       ($1, 'joiner@a.example', 'active', now()), ($2, 'unproved@a.example', 'active', null),
       ($3, 'removed@a.example', 'active', now()), ($4, 'disabled@a.example', 'disabled', now()),
       ($5, 'joiner@b.example', 'active', now()), ($6, 'joiner@c.example', 'active', now())`,
    [
      joiner,
      unprovedJoiner,
      removedJoiner,
      disabledJoiner,
      world.uninvitedJoiner,
      world.earlyJoiner,
    ],
  )
  await client.query(
    `insert into departed_members (tenant_id, user_id, reason)
     values ($1, $3, 'removed'), ($2, $3, 'left')`,
    [a.tenant, b.tenant, removedJoiner],
  )
  const domains: [string, string, string, boolean, string | null, string][] = [
    [a.tenant, 'a.example', 'verified', true, a.role, '-1 hour'],
    [b.tenant, 'b.example', 'verified', false, b.role, '1 day'],
    [b.tenant, 'a.example', 'pending', true, b.role, '-1 hour'],
    [b.tenant, 'e.example', 'verified', true, null, '1 day'],
    [pending.tenant, 'c.example', 'verified', true, pending.role, '-1 hour'],
  ]
  for (const [tenant, domain, status, autoJoin, role, nextCheck] of domains) {
    await client.query(
      `insert into organization_domains (tenant_id, domain, token, status, auto_join,
         auto_join_role_id, created_by, verified_at, next_check_at)
       values ($1, $2, 'token', $3, $4, $5, $6, now(), now() + $7::interval)`,
      [tenant, domain, status, autoJoin, role, a.user, nextCheck],
    )
  }
}

async function seedSide(client: pg.Client, side: Side, status: string): Promise<void> {
  const { tenant, user, role, email, slug, tokenHash } = side
  await client.query(
    `insert into users (id, email, state, first_name) values ($1, $2, 'active', 'First')`,
    [user, email],
  )
  await client.query(
    `insert into organizations (tenant_id, slug, name, plan, issuer, status, created_by)
     values ($1, $2, $2, 'free', 'https://issuer.example/' || $2, $3, $4)`,
    [tenant, slug, status, user],
  )
  await client.query(
    `insert into roles (tenant_id, id, slug, name) values ($1, $2, 'owner', 'Owner')`,
    [tenant, role],
  )
  await client.query(`insert into memberships (tenant_id, user_id, role_id) values ($1, $2, $3)`, [
    tenant,
    user,
    role,
  ])
  await client.query(
    `insert into invitations (tenant_id, token_hash, email, role_id, invited_by, expires_at)
     values ($1, $2, 'new@' || $3, $4, $5, now() + interval '7 days')`,
    [tenant, tokenHash, slug, role, user],
  )
  await client.query(
    `insert into audit_events (tenant_id, action, actor_kind)
     values ($1, 'seeded', 'system'), ($1, 'seeded', 'system')`,
    [tenant],
  )
  await client.query(
    `insert into audit_links (tenant_id, seq, event_id, previous_hash, hash)
     select tenant_id, row_number() over (), id, '\\x00', '\\x01' from audit_events
     where tenant_id = $1`,
    [tenant],
  )
  await client.query(
    `insert into audit_checkpoints (tenant_id, seq, hash, cut_before, signature)
     values ($1, $2, '\\x01', now(), '\\x02')`,
    // Not all at the same place, so that one tenant's checkpoint cannot pass for another's.
    [tenant, tenant === world.a.tenant ? 1 : 2],
  )
  await seedBilling(client, side)
  await seedTeams(client, side)
  await seedMachineKeys(client, side)
}

/** Only a's subscription is due to be read again. */
async function seedBilling(client: pg.Client, { tenant, user, slug }: Side): Promise<void> {
  await client.query(
    `insert into subscriptions (tenant_id, customer_id, check_at)
     values ($1, 'cus_' || $2, now() + case $2 when 'tenant-a' then -1 else 1 end * interval '1 day')`,
    [tenant, slug],
  )
  await client.query(
    `insert into monthly_active_users (tenant_id, month, user_id) values ($1, '2026-11-01', $2)`,
    [tenant, user],
  )
  await client.query(
    `insert into usage_warnings (tenant_id, month, limit_name, percent)
     values ($1, '2026-11-01', 'members', 80)`,
    [tenant],
  )
}

async function seedTeams(client: pg.Client, { tenant, user }: Side): Promise<void> {
  const { rows } = await client.query(
    `insert into departments (tenant_id, name) values ($1, 'Team') returning id`,
    [tenant],
  )
  await client.query(
    'insert into department_members (tenant_id, department_id, user_id) values ($1, $2, $3)',
    [tenant, rows[0].id, user],
  )
}

/** What the nth machine key of a side is stored as: the first works, then a revoked, an ended one. */
export const machineHash = ({ tenant }: Side, nth: number): Buffer =>
  Buffer.concat([Buffer.from(tenant.slice(0, 8)), Buffer.alloc(24, nth)])

async function seedMachineKeys(client: pg.Client, side: Side): Promise<void> {
  await client.query(
    `insert into machine_keys (tenant_id, public_id, key_hash, name, permissions, created_by,
       revoked_at, expires_at)
     values ($1, 'aaaaaaaa', $2, 'one', '{members:view}', $5, null, now() + interval '1 day'),
       ($1, 'bbbbbbbb', $3, 'two', '{members:view}', $5, now(), null),
       ($1, 'cccccccc', $4, 'three', '{members:view}', $5, null, now() - interval '1 second')`,
    [side.tenant, machineHash(side, 1), machineHash(side, 2), machineHash(side, 3), side.user],
  )
}
