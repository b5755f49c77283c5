import type { Knex } from 'knex'

export const kind = 'expand'

/**
 * API keys that belong to an organization, for its machines. Only a hash is kept. They outlive the
 * person who made them, so `created_by` refers to nobody. The trail gains a kind of actor.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table machine_keys (
      tenant_id uuid not null references organizations on delete cascade,
      id uuid not null default gen_random_uuid(),
      -- The eight letters that everybody may see, so that a key can be told from another.
      public_id text not null check (length(public_id) = 8),
      key_hash bytea not null unique,
      name text not null check (length(name) between 1 and 80),
      permissions text[] not null,
      created_by uuid not null,
      created_at timestamptz not null default now(),
      expires_at timestamptz,
      revoked_at timestamptz,
      revoked_by uuid,
      -- Its successor; until expires_at both work.
      replaced_by uuid,
      -- To the minute.
      last_used_at timestamptz,
      primary key (tenant_id, id)
    );
    create index machine_keys_created on machine_keys (tenant_id, created_at, id);
    alter table machine_keys enable row level security;
    alter table machine_keys force row level security;
    create policy tenant_isolation on machine_keys
      using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid))
      with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
    grant select, insert, update on machine_keys to authstack_tenant;
    grant select on machine_keys to authstack_definer;

    alter table audit_events drop constraint audit_events_actor_kind_check;
    alter table audit_events add constraint audit_events_actor_kind_check
      check (actor_kind in ('user', 'operator', 'system', 'api_key')) not valid;
  `)
}
