import type { Knex } from 'knex'

export const kind = 'expand'

/** A machine key that is revoked, rotated or changed is forgotten by every process (see 0060). */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Not last_used_at: it is written all the time and decides nothing.
    create or replace trigger machine_keys_access
      after update of permissions, expires_at, revoked_at on machine_keys
      for each row execute function notify_access('machine-key', 'tenant_id');
  `)
}
