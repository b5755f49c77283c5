import type { Knex } from 'knex'

export const kind = 'expand'

/**
 * Branding and settings; deletion with a grace period (`deletion_id` is the operation that will purge
 * it, `purge_started_at` the moment from which it cannot be restored); the last use, by which idle
 * test organizations are told.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table organizations
      add column branding jsonb not null default '{}',
      add column settings jsonb not null default '{}',
      add column deleted_at timestamptz,
      add column deleted_by uuid,
      add column deletion_id uuid,
      add column purge_after timestamptz,
      add column purge_started_at timestamptz,
      add column last_used_at timestamptz not null default now();

    -- Who was a member and is none any more, so that a domain does not bring a removed person back.
    create table departed_members (
      tenant_id uuid not null references organizations on delete cascade,
      user_id uuid not null references users on delete cascade,
      reason text not null check (reason in ('left', 'removed')),
      departed_at timestamptz not null default now(),
      primary key (tenant_id, user_id)
    );
    alter table departed_members enable row level security;
    alter table departed_members force row level security;
    create policy tenant_isolation on departed_members
      using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid))
      with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
    grant select, insert, update, delete on departed_members to authstack_tenant;
    grant select on departed_members to authstack_definer;
  `)
}
