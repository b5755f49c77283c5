import type { Knex } from 'knex'

export const kind = 'expand'

/**
 * What the alerts count with. Networks and accounts are keyed hashes: enough to count how many, and
 * nobody can read who. Signals go after a day, places half a year after they were last seen.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table sign_in_signals (
      id bigint generated always as identity primary key,
      network text not null,
      account text not null,
      is_known boolean not null,
      is_success boolean not null,
      at timestamptz not null default now()
    );
    create index sign_in_signals_network on sign_in_signals (network, at);
    create index sign_in_signals_at on sign_in_signals (at);

    create table known_places (
      user_id uuid not null references users on delete cascade,
      kind text not null check (kind in ('device', 'country')),
      value text not null,
      last_seen_at timestamptz not null,
      primary key (user_id, kind, value)
    );
    create index known_places_seen on known_places (last_seen_at);

    create table last_sign_ins (
      user_id uuid primary key references users on delete cascade,
      country text not null,
      at timestamptz not null
    );

    -- One alert a rule and subject an hour.
    create table alert_marks (
      rule text not null,
      subject text not null,
      raised_at timestamptz not null default now(),
      primary key (rule, subject)
    );
    create index alert_marks_raised on alert_marks (raised_at);

    grant select, insert, update, delete
      on sign_in_signals, known_places, last_sign_ins, alert_marks to authstack_hub;
  `)
}
