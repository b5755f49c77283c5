import type { Knex } from 'knex'

export const kind = 'expand'

/**
 * Tells every process at once when something changes that decides who may do what. The NOTIFY leaves
 * with the commit; a connection that LISTENs itself has it before its own COMMIT is answered, so the
 * process that revoked never accepts afterwards (see src/db/access-feed.ts).
 *
 * Another table that decides access gets a trigger of its own:
 * `create trigger x_access after update or delete on x for each row execute function
 * notify_access('<kind>', '<column>', ...)`; the payload is the kind and the columns' values.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(notifyAccess)
  await knex.raw(triggers)
}

const notifyAccess = `
  create function notify_access() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp
  as $$
    declare
      changed jsonb;
      payload text := tg_argv[0];
    begin
      if tg_op = 'INSERT' then changed := to_jsonb(new); else changed := to_jsonb(old); end if;
      for n in 1 .. tg_nargs - 1 loop
        payload := payload || ' ' || coalesce(changed ->> tg_argv[n], '');
      end loop;
      perform pg_notify('access', payload);
      return null;
    end $$;
`

const triggers = `
  -- New keys too: the origins they allow are read by preflights that cannot carry a key.
  create trigger api_keys_access after insert or update or delete on api_keys
    for each row execute function notify_access('key', 'id');

  -- Not last_seen_at: every refresh writes it, and it decides nothing.
  create trigger sessions_access
    after update of user_id, key_id, scope, amr, auth_time, expires_at, revoked_at on sessions
    for each row execute function notify_access('session', 'id');
  -- The clean-up deletes thousands that ended long ago; nobody holds those.
  create trigger sessions_access_deleted after delete on sessions
    for each row when (old.revoked_at is null and old.expires_at > now())
    execute function notify_access('session', 'id');

  create trigger users_access after update of state on users
    for each row when (old.state is distinct from new.state)
    execute function notify_access('user', 'id');
  create trigger users_access_deleted after delete on users
    for each row execute function notify_access('user', 'id');

  create trigger memberships_access after update or delete on memberships
    for each row execute function notify_access('member', 'tenant_id', 'user_id');

  create trigger roles_access after update or delete on roles
    for each row execute function notify_access('organization', 'tenant_id');
  create trigger organizations_access after update or delete on organizations
    for each row execute function notify_access('organization', 'tenant_id');
`
