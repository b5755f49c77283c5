import type { Knex } from 'knex'

export const kind = 'expand'

/** A payment page that is open: until then Stripe is asked now and then, should its event not come. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table subscriptions add column checkout_until timestamptz')
}
