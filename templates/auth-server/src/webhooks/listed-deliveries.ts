import type { Knex } from 'knex'

const columns = [
  'd.id',
  'd.event_id',
  'd.endpoint_id',
  'd.type',
  'd.organization_id',
  'd.state',
  'd.attempts',
  'd.next_attempt_at',
  'd.delivered_at',
  'd.created_at',
] as const

/** Deliveries with what their last call gave, as `toDelivery` shows them. Narrow it further by `d.`. */
export function listedDeliveries(knex: Knex): Knex.QueryBuilder {
  return knex('webhook_deliveries as d')
    .leftJoin('webhook_attempts as a', (join) =>
      join.on('a.delivery_id', 'd.id').andOn('a.attempt', 'd.attempts'),
    )
    .select(...columns, 'a.status as last_status', 'a.error as last_error')
}
