import type { Knex } from 'knex'

export const kind = 'expand'

/** The plan before this one, so that what it kept is not thrown away on the day that a card expires. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table organizations
      add column former_plan text,
      add column plan_changed_at timestamptz;
  `)
}
