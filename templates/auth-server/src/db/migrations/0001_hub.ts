import type { Knex } from 'knex'

export const kind = 'expand'

/**
 * What belongs to a person or to the instance, not to one organization. The role `authstack_hub`
 * works here and has no grant on any tenant table, so a fault in sign-in cannot read a tenant.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(people)
  await knex.raw(keysAndCodes)
  await knex.raw(machinery)
  await knex.raw(grants)
}

const people = `
  create table users (
    id uuid primary key default gen_random_uuid(),
    email text not null unique check (email = lower(email) and length(email) between 3 and 254),
    email_verified_at timestamptz,
    first_name text,
    last_name text,
    avatar_url text,
    fields jsonb not null default '{}',
    state text not null default 'pending' check (state in ('pending', 'active', 'disabled')),
    organizations_created int not null default 0 check (organizations_created >= 0),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );

  create table sessions (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users on delete cascade,
    key_id text not null,
    scope text not null default 'hub',
    parent_id uuid,
    amr text[] not null default '{}',
    auth_time timestamptz not null default now(),
    ip text,
    user_agent text,
    created_at timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    revoked_reason text
  );
  create index sessions_user on sessions (user_id, created_at desc);
  create index sessions_parent on sessions (parent_id) where parent_id is not null;
  create index sessions_expires on sessions (expires_at);

  -- One row per token. A used row stays as long as its session, so that a stolen token is noticed
  -- however many generations old it is.
  create table refresh_tokens (
    id uuid primary key default gen_random_uuid(),
    session_id uuid not null references sessions on delete cascade,
    token_hash bytea not null unique,
    successor_hash bytea,
    successor_sealed bytea,
    created_at timestamptz not null default now(),
    rotated_at timestamptz
  );
  create index refresh_tokens_session on refresh_tokens (session_id);

  create table hub_events (
    id uuid primary key default gen_random_uuid(),
    action text not null,
    user_id uuid,
    key_id text,
    ip text,
    request_id text,
    data jsonb not null default '{}',
    created_at timestamptz not null default now()
  );
  create index hub_events_user on hub_events (user_id, created_at desc);
`

const keysAndCodes = `
  create table api_keys (
    id text primary key check (length(id) = 8),
    kind text not null check (kind in ('browser', 'native', 'secret')),
    name text not null,
    key_hash bytea not null unique,
    key_sealed bytea,
    origins text[] not null default '{}',
    redirect_uris text[] not null default '{}',
    session_delivery text check (session_delivery in ('cookie', 'bff', 'body')),
    scopes text[] not null default '{}',
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked_at timestamptz
  );

  create table link_tokens (
    token_hash bytea primary key,
    purpose text not null,
    user_id uuid references users on delete cascade,
    payload jsonb not null default '{}',
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at timestamptz
  );
  create index link_tokens_user on link_tokens (user_id, purpose);
  create index link_tokens_expires on link_tokens (expires_at);

  create table authorization_requests (
    id uuid primary key default gen_random_uuid(),
    key_id text not null,
    redirect_uri text not null,
    state text not null,
    code_challenge text not null,
    screen text,
    organization_id uuid,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
  );

  create table authorization_codes (
    code_hash bytea primary key,
    request_id uuid not null,
    key_id text not null,
    redirect_uri text not null,
    code_challenge text not null,
    user_id uuid not null references users on delete cascade,
    parent_session_id uuid,
    amr text[] not null default '{}',
    auth_time timestamptz not null,
    organization_id uuid,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at timestamptz,
    session_id uuid
  );

  -- Keycloak forgets used assertions when it restarts; we do not.
  create table burned_assertions (
    jti uuid primary key,
    expires_at timestamptz not null
  );
  create index burned_assertions_expires on burned_assertions (expires_at);
`

const machinery = `
  -- Work that spans PostgreSQL and Keycloak, one row each; the sweeper finishes or undoes it.
  create table identity_operations (
    id uuid primary key default gen_random_uuid(),
    kind text not null,
    subject_id uuid not null,
    payload jsonb not null default '{}',
    state text not null default 'running' check (state in ('running', 'done', 'undone', 'failed')),
    step text not null default 'start',
    attempts int not null default 0,
    next_attempt_at timestamptz not null default now(),
    last_error text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create index identity_operations_due on identity_operations (next_attempt_at) where state = 'running';
  create index identity_operations_subject on identity_operations (subject_id, kind);

  create table idempotency_records (
    key_id text not null,
    subject text not null,
    idempotency_key text not null,
    request_hash bytea not null,
    status int,
    body jsonb,
    created_at timestamptz not null default now(),
    primary key (key_id, subject, idempotency_key)
  );
  create index idempotency_records_created on idempotency_records (created_at);

  create table outbox (
    id uuid primary key default gen_random_uuid(),
    kind text not null,
    schema int not null default 1,
    payload jsonb not null,
    sealed bytea,
    attempts int not null default 0,
    available_at timestamptz not null default now(),
    locked_until timestamptz,
    sent_at timestamptz,
    failed_at timestamptz,
    last_error text,
    created_at timestamptz not null default now()
  );
  create index outbox_due on outbox (available_at) where sent_at is null and failed_at is null;

  -- The NOTIFY leaves with the commit, so the worker never sees a row too early.
  create function notify_outbox() returns trigger language plpgsql as $$
    begin
      perform pg_notify('outbox', '');
      return null;
    end $$;
  create trigger outbox_notify after insert on outbox
    for each statement execute function notify_outbox();

  create table instance_counters (
    name text primary key,
    value int not null default 0 check (value >= 0),
    window_start timestamptz not null default now()
  );
  insert into instance_counters (name) values ('organizations'), ('organizations_this_hour');
`

const grants = `
  grant select, insert, update, delete on
    users, sessions, refresh_tokens, api_keys, link_tokens, authorization_requests,
    authorization_codes, burned_assertions, identity_operations, idempotency_records, outbox
    to authstack_hub;
  grant select, insert on hub_events to authstack_hub;
  grant select, update on instance_counters to authstack_hub;

  -- A tenant transaction may leave work and mail behind, and may not read anyone's.
  grant insert on identity_operations, outbox to authstack_tenant;

  grant select (id, email, email_verified_at, first_name, last_name, avatar_url, fields, state,
                created_at, updated_at) on users to authstack_operator;
  grant select (id, user_id, key_id, scope, ip, user_agent, created_at, last_seen_at, expires_at,
                revoked_at, revoked_reason) on sessions to authstack_operator;
  grant select (id, kind, name, origins, redirect_uris, session_delivery, scopes, created_at,
                expires_at, revoked_at) on api_keys to authstack_operator;
  grant select (id, kind, attempts, available_at, sent_at, failed_at, last_error, created_at)
    on outbox to authstack_operator;
  grant select on identity_operations, instance_counters, hub_events to authstack_operator;
`
