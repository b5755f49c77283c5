import type { Knex } from 'knex'

export const kind = 'expand'

/**
 * Mail domains of an organization. Any number may claim one; the partial unique index lets one alone
 * be its verified owner, also when two verify at the same moment.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table organization_domains (
      tenant_id uuid not null references organizations on delete cascade,
      id uuid not null default gen_random_uuid(),
      domain text not null check (domain = lower(domain) and length(domain) between 3 and 253),
      token text not null,
      status text not null default 'pending' check (status in ('pending', 'verified')),
      auto_join boolean not null default false,
      auto_join_role_id uuid,
      created_by uuid not null,
      created_at timestamptz not null default now(),
      verified_at timestamptz,
      -- A pending claim ends then; a verified one is looked at again after next_check_at.
      expires_at timestamptz not null default now() + interval '7 days',
      next_check_at timestamptz,
      failed_checks int not null default 0,
      primary key (tenant_id, id),
      unique (tenant_id, domain),
      foreign key (tenant_id, auto_join_role_id) references roles (tenant_id, id)
        on delete set null (auto_join_role_id)
    );
    create unique index organization_domains_verified on organization_domains (domain)
      where status = 'verified';
    alter table organization_domains enable row level security;
    alter table organization_domains force row level security;
    create policy tenant_isolation on organization_domains
      using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid))
      with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
    grant select, insert, update, delete on organization_domains to authstack_tenant;
    grant select on organization_domains to authstack_definer;
    grant select (email_verified_at) on users to authstack_definer;
  `)
}
