import type { Knex } from 'knex'

export const kind = 'expand'

/** Counts a person's password changes, so that a sign-in can tell that its password is no longer it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table users add column password_version int not null default 0')
}
