import type { Knex } from 'knex'

export const kind = 'expand'

/**
 * What belongs to one organization. Row-level security is FORCEd from the first row: without
 * `app.tenant` every table is empty, for the owner of the tables too.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(tables)
  for (const table of ['organizations', 'roles', 'memberships', 'invitations', 'audit_events']) {
    await knex.raw(isolate(table))
  }
  await knex.raw(grants)
}

const tables = `
  -- An organization is its own tenant: tenant_id is its id.
  create table organizations (
    tenant_id uuid primary key,
    slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9]|)$'),
    name text not null check (length(name) between 1 and 100),
    logo_url text,
    plan text not null,
    issuer text,
    realm_template_hash text,
    status text not null default 'pending' check (status in ('pending', 'active', 'deleted')),
    created_by uuid not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );

  -- permissions null: as the settings say, so that a deploy (or a rollback) reaches every organization.
  create table roles (
    tenant_id uuid not null references organizations on delete cascade,
    id uuid not null default gen_random_uuid(),
    slug text not null check (slug = lower(slug) and length(slug) between 1 and 48),
    name text not null,
    description text,
    built_in boolean not null default false,
    permissions text[],
    created_at timestamptz not null default now(),
    primary key (tenant_id, id),
    unique (tenant_id, slug)
  );

  create table memberships (
    tenant_id uuid not null references organizations on delete cascade,
    user_id uuid not null references users on delete cascade,
    role_id uuid not null,
    status text not null default 'active' check (status in ('active', 'suspended')),
    joined_at timestamptz not null default now(),
    primary key (tenant_id, user_id),
    foreign key (tenant_id, role_id) references roles (tenant_id, id)
  );
  create index memberships_joined on memberships (tenant_id, joined_at, user_id);
  create index memberships_user on memberships (user_id);

  create table invitations (
    tenant_id uuid not null references organizations on delete cascade,
    id uuid not null default gen_random_uuid(),
    token_hash bytea not null unique,
    email text not null check (email = lower(email)),
    role_id uuid not null,
    status text not null default 'pending'
      check (status in ('pending', 'accepted', 'cancelled', 'replaced')),
    invited_by uuid not null,
    accepted_by uuid,
    accepted_at timestamptz,
    expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, id),
    foreign key (tenant_id, role_id) references roles (tenant_id, id)
  );
  create unique index invitations_pending on invitations (tenant_id, email) where status = 'pending';
  create index invitations_created on invitations (tenant_id, created_at, id);

  create table audit_events (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    action text not null,
    actor_kind text not null check (actor_kind in ('user', 'operator', 'system')),
    actor_id uuid,
    target_kind text,
    target_id text,
    ip text,
    request_id text,
    data jsonb not null default '{}',
    created_at timestamptz not null default now(),
    primary key (tenant_id, id)
  );
  create index audit_events_created on audit_events (tenant_id, created_at desc, id);
`

/** The subselect makes PostgreSQL read the setting once a query, not once a row. */
function isolate(table: string): string {
  const own = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid)`
  return `
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy tenant_isolation on ${table} using (${own}) with check (${own});
  `
}

const grants = `
  grant select, insert, update, delete on organizations to authstack_tenant;
  grant select, insert, update, delete on roles, memberships, invitations to authstack_tenant;
  -- The trail only grows.
  grant select, insert on audit_events to authstack_tenant;
`
