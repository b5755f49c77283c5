import type { Knex } from 'knex'

export const kind = 'expand'

/**
 * What goes to the customer's own URLs. Endpoints are the settings'; here is only what happened to
 * them. A delivery is one event for one endpoint; the outbox row that carries it comes and goes with
 * every replay. Bodies hold ids, never an address or a name, and go after 30 days.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table webhook_deliveries (
      id uuid primary key default gen_random_uuid(),
      event_id text not null,
      endpoint_id text not null,
      type text not null,
      organization_id uuid,
      body text not null,
      state text not null default 'pending'
        check (state in ('pending', 'delivered', 'failed', 'skipped')),
      attempts int not null default 0,
      next_attempt_at timestamptz,
      delivered_at timestamptz,
      created_at timestamptz not null default now(),
      unique (endpoint_id, event_id)
    );
    create index webhook_deliveries_created on webhook_deliveries (created_at, id);
    create index webhook_deliveries_state on webhook_deliveries (endpoint_id, state, created_at);

    create table webhook_attempts (
      delivery_id uuid not null references webhook_deliveries on delete cascade,
      attempt int not null,
      at timestamptz not null default now(),
      status int,
      milliseconds int not null,
      response text,
      error text,
      primary key (delivery_id, attempt)
    );

    create table webhook_endpoints (
      id text primary key,
      disabled_at timestamptz,
      disabled_reason text
    );

    grant select, insert, update, delete
      on webhook_deliveries, webhook_attempts, webhook_endpoints to authstack_hub;
    -- A tenant transaction may leave an event behind, and may not read anyone's.
    grant insert on webhook_deliveries to authstack_tenant;
    grant select on webhook_deliveries, webhook_attempts, webhook_endpoints to authstack_operator;
  `)
}
