import type { Knex } from 'knex'

export const kind = 'expand'

/** Nested teams of an organization, and who is in them. They group people and grant nothing. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table departments (
      tenant_id uuid not null references organizations on delete cascade,
      id uuid not null default gen_random_uuid(),
      parent_id uuid,
      name text not null check (length(name) between 1 and 100),
      created_at timestamptz not null default now(),
      primary key (tenant_id, id),
      foreign key (tenant_id, parent_id) references departments (tenant_id, id),
      check (parent_id is distinct from id)
    );
    -- Two teams of one name side by side could not be told apart.
    create unique index departments_siblings
      on departments (tenant_id, parent_id, lower(name)) nulls not distinct;

    create table department_members (
      tenant_id uuid not null references organizations on delete cascade,
      department_id uuid not null,
      user_id uuid not null,
      created_at timestamptz not null default now(),
      primary key (tenant_id, department_id, user_id),
      foreign key (tenant_id, department_id) references departments (tenant_id, id)
        on delete cascade,
      -- Whoever leaves the organization leaves its teams.
      foreign key (tenant_id, user_id) references memberships (tenant_id, user_id)
        on delete cascade
    );
    create index department_members_user on department_members (tenant_id, user_id);
  `)
  for (const table of ['departments', 'department_members']) {
    const own = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid)`
    await knex.raw(`
      alter table ${table} enable row level security;
      alter table ${table} force row level security;
      create policy tenant_isolation on ${table} using (${own}) with check (${own});
      grant select, insert, update, delete on ${table} to authstack_tenant;
    `)
  }
}
