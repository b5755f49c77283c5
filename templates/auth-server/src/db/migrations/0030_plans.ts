import type { Knex } from 'knex'

export const kind = 'expand'

/**
 * What decides an organization's limits. `plan_until`: a plan that costs something is in force until
 * then, so that a webhook which never comes leaves nobody on a plan that is not paid. `overrides`:
 * what the operators grant or deny, `{plan?, limits?, features?}`. `pending_plan`: wished for, not paid.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table organizations
      add column plan_until timestamptz,
      add column pending_plan text,
      add column overrides jsonb not null default '{}' check (jsonb_typeof(overrides) = 'object');
  `)
}
