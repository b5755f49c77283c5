import type { Knex } from 'knex'

export const kind = 'expand'

/** Erasure looks for an address in every organization's invitations. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('create index invitations_email on invitations (email)')
}
