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
} as const

type Side = (typeof world)[keyof typeof world]

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
    `insert into audit_events (tenant_id, action, actor_kind) values ($1, 'seeded', 'system')`,
    [tenant],
  )
}
