import type { Knex } from 'knex'

/**
 * Deletes what has served its time. Every statement is limited by an index on its date, so a run on a
 * busy instance locks few rows.
 */
export async function cleanUp(hub: Knex): Promise<void> {
  const olderThan = (column: string, age: string) =>
    hub.raw(`${column} < now() - ?::interval`, [age])
  await hub('idempotency_records').where(olderThan('created_at', '1 day')).delete()
  await hub('link_tokens').where(olderThan('expires_at', '7 days')).delete()
  await hub('burned_assertions').where(olderThan('expires_at', '10 minutes')).delete()
  await hub('authorization_codes').where(olderThan('expires_at', '1 day')).delete()
  await hub('authorization_requests').where(olderThan('expires_at', '1 day')).delete()
  // The refresh tokens go with their session; until then a stolen one is still noticed.
  await hub('sessions').where(olderThan('expires_at', '30 days')).delete()
  await hub('outbox').where(olderThan('coalesce(sent_at, failed_at)', '30 days')).delete()
  // With their calls. What waits is tried for three days at most.
  await hub('webhook_deliveries').where(olderThan('created_at', '30 days')).delete()
  // Stripe repeats an event for three days, and somebody in its dashboard for thirty.
  await hub('stripe_events').where(olderThan('received_at', '60 days')).delete()
  await hub('identity_operations')
    .whereIn('state', ['done', 'undone'])
    .where(olderThan('updated_at', '30 days'))
    .delete()
}
