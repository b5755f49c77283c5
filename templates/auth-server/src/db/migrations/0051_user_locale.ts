import type { Knex } from 'knex'

export const kind = 'expand'

/** The language in which a person signed up: mails that no request of theirs asked for are written in it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table users add column locale text check (length(locale) <= 10);
    grant select (locale) on users to authstack_operator;
  `)
}
