import type { Knex } from 'knex'

export const kind = 'expand'

/** Hub events go 30 days after they were copied into the trails; what stays is the chained copy. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('create index hub_events_created on hub_events (created_at)')
}
