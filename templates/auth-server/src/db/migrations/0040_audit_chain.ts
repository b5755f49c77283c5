import type { Knex } from 'knex'

export const kind = 'expand'

/**
 * The trail as a chain. An event is written in its transaction and never changed; what the sequencer
 * adds (place, hash, sealed personal data) are rows of `audit_links` beside it, so that no role needs
 * an UPDATE on anything of the trail.
 *
 * Address and user agent of a request never stay in an event: a trigger, which holds for the previous
 * version too, moves them to `audit_queue`, and the sequencer seals them under the person's key within
 * a second. The queue is also how an event is known to be unchained.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(tables)
  for (const table of ['audit_links', 'audit_checkpoints']) await knex.raw(isolate(table))
  await knex.raw(queue)
  await knex.raw(grants)
  await knex.raw(queueWhatIsThere)
}

const tables = `
  alter table audit_events add column personal jsonb;
  alter table hub_events add column personal jsonb;
  create index audit_events_actor on audit_events (tenant_id, actor_id, created_at desc, id);
  create index audit_events_action on audit_events (tenant_id, action, created_at desc, id);
  create index audit_events_target on audit_events (tenant_id, target_id);

  create table audit_links (
    tenant_id uuid not null,
    seq bigint not null check (seq > 0),
    event_id uuid not null,
    previous_hash bytea not null,
    hash bytea not null,
    -- Whose key seals the personal data; the nil uuid for people that we do not know.
    subject_id uuid,
    sealed bytea,
    sealed_hash bytea,
    -- Ed25519 by a key that is not in the database, on the last link of each batch.
    signature bytea,
    chained_at timestamptz not null default now(),
    primary key (tenant_id, seq),
    unique (tenant_id, event_id)
  );
  create index audit_links_subject on audit_links (subject_id);

  -- "Everything up to seq was older than the retention and was cut." Without one, nothing is missing.
  create table audit_checkpoints (
    tenant_id uuid not null,
    seq bigint not null,
    hash bytea not null,
    cut_before timestamptz not null,
    signature bytea not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, seq)
  );

  create table person_keys (
    user_id uuid primary key,
    sealed bytea not null,
    created_at timestamptz not null default now()
  );

  -- What a restored backup must be told again: it does not know of it.
  create table revocation_log (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('person_erased', 'member_removed')),
    subject_id uuid not null,
    organization_id uuid,
    created_at timestamptz not null default now()
  );
`

function isolate(table: string): string {
  const own = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid)`
  return `
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy tenant_isolation on ${table} using (${own}) with check (${own});
  `
}

const queue = `
  create table audit_queue (
    id bigint generated always as identity primary key,
    source text not null check (source in ('tenant', 'hub')),
    organization_id uuid,
    event_id uuid not null,
    subject_id uuid,
    personal jsonb not null default '{}',
    queued_at timestamptz not null default now()
  );

  create function queue_tenant_event() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp
  as $$
    begin
      insert into public.audit_queue (source, organization_id, event_id, subject_id, personal)
      values ('tenant', new.tenant_id, new.id,
        case when new.actor_kind = 'user' then new.actor_id end,
        jsonb_strip_nulls(jsonb_build_object('ip', new.ip)) || coalesce(new.personal, '{}'));
      new.ip := null;
      new.personal := null;
      return new;
    end $$;
  create trigger audit_events_queue before insert on audit_events
    for each row execute function queue_tenant_event();

  create function queue_hub_event() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp
  as $$
    begin
      insert into public.audit_queue (source, event_id, subject_id, personal)
      values ('hub', new.id, new.user_id,
        jsonb_strip_nulls(jsonb_build_object('ip', new.ip)) || coalesce(new.personal, '{}'));
      new.ip := null;
      new.personal := null;
      return new;
    end $$;
  create trigger hub_events_queue before insert on hub_events
    for each row execute function queue_hub_event();

  create function notify_audit() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp
  as $$
    begin
      perform pg_notify('audit', '');
      return null;
    end $$;
  create trigger audit_queue_notify after insert on audit_queue
    for each statement execute function notify_audit();

  create function log_removed_member() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp
  as $$
    begin
      insert into public.revocation_log (kind, subject_id, organization_id)
      values ('member_removed', old.user_id, old.tenant_id);
      return null;
    end $$;
  create trigger memberships_revocation after delete on memberships
    for each row execute function log_removed_member();
`

const grants = `
  grant select, insert on audit_links, audit_checkpoints to authstack_tenant;
  grant insert on audit_queue, revocation_log to authstack_tenant;
  grant select, insert, delete on audit_queue, person_keys to authstack_hub;
  grant select, insert on revocation_log to authstack_hub;
  -- Its copy in the operators' trail is what stays.
  grant delete on hub_events to authstack_hub;
  grant select on revocation_log to authstack_operator;

  -- For src/db/definer/audit.sql: retention is the only thing that ever deletes, at a checkpoint.
  grant select on audit_checkpoints to authstack_definer;
  grant select, delete on audit_links, audit_events to authstack_definer;
  grant insert on revocation_log to authstack_definer;
`

/** Row-level security is forced on the owner too, so what is there is read as the definers' role. */
const queueWhatIsThere = `
  grant insert on audit_queue to authstack_definer;
  grant update (ip) on audit_events to authstack_definer;
  set local role authstack_definer;
  insert into public.audit_queue (source, organization_id, event_id, subject_id, personal)
    select 'tenant', tenant_id, id, case when actor_kind = 'user' then actor_id end,
      jsonb_strip_nulls(jsonb_build_object('ip', ip))
    from public.audit_events order by created_at, id;
  update public.audit_events set ip = null where ip is not null;
  reset role;
  revoke update (ip) on audit_events from authstack_definer;
  revoke insert on audit_queue from authstack_definer;

  insert into audit_queue (source, event_id, subject_id, personal)
    select 'hub', id, user_id, jsonb_strip_nulls(jsonb_build_object('ip', ip))
    from hub_events order by created_at, id;
  update hub_events set ip = null where ip is not null;
`
