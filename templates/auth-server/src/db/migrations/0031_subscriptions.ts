import type { Knex } from 'knex'

export const kind = 'expand'

/** What an organization pays, as Stripe last told it, and who signed in within a month. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(tables)
  for (const table of ['subscriptions', 'monthly_active_users', 'usage_warnings']) {
    await knex.raw(isolate(table))
  }
  await knex.raw(grants)
}

const tables = `
  -- One row an organization. version: whoever writes what Stripe said names the version that was there
  -- before Stripe was asked, so that an answer which is older than the row is not written.
  create table subscriptions (
    tenant_id uuid primary key references organizations on delete cascade,
    customer_id text unique,
    checkout_id text,
    subscription_id text,
    status text not null default 'none'
      check (status in ('none', 'trialing', 'active', 'past_due', 'canceled', 'incomplete')),
    plan text,
    paid_until timestamptz,
    current_period_end timestamptz,
    trial_ends_at timestamptz,
    cancel_at_period_end boolean not null default false,
    past_due_since timestamptz,
    is_trial_used boolean not null default false,
    trial_reminded_for timestamptz,
    check_at timestamptz,
    version int not null default 0,
    updated_at timestamptz not null default now()
  );
  create index subscriptions_check on subscriptions (check_at) where check_at is not null;

  -- No foreign key to users: who is erased was still counted, under an id that names nobody.
  create table monthly_active_users (
    tenant_id uuid not null references organizations on delete cascade,
    month date not null,
    user_id uuid not null,
    first_seen_at timestamptz not null default now(),
    primary key (tenant_id, month, user_id)
  );

  -- Who pays is told of a limit once a month and step, not at every sign-in.
  create table usage_warnings (
    tenant_id uuid not null references organizations on delete cascade,
    month date not null,
    limit_name text not null,
    percent int not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, month, limit_name, percent)
  );

  -- Stripe sends an event until it is acknowledged, and sometimes again after that.
  create table stripe_events (
    id text primary key,
    type text not null,
    received_at timestamptz not null default now(),
    handled_at timestamptz
  );
  create index stripe_events_received on stripe_events (received_at);
`

function isolate(table: string): string {
  const own = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid)`
  return `
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy tenant_isolation on ${table} using (${own}) with check (${own});
  `
}

const grants = `
  grant select, insert, update on subscriptions to authstack_tenant;
  grant select, insert on monthly_active_users, usage_warnings to authstack_tenant;
  grant select, insert, update, delete on stripe_events to authstack_hub;
  grant select (tenant_id, customer_id, check_at) on subscriptions to authstack_definer;
`
