import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** A member of an organization, as this app keeps them to join with its own tables. */
export interface Member {
  userId: string
  email: string
  name: string | null
  /** Slug. */
  role: string
  status: string
}

/** This app's copy of who is a member of which organization. */
export interface MemberStore {
  list(organizationId: string): Member[]
  /**
   * Puts these in the place of all that were known of the organization, and notes the webhooks that
   * told of it: both or neither.
   */
  replace(organizationId: string, members: Member[], webhookIds: string[]): void
  /** Notes a webhook that changes nothing here. */
  noteSeen(webhookId: string): void
  /** Whether a webhook of this id was worked off before. */
  isSeen(webhookId: string): boolean
  close(): void
}

/** The sender gives up after days; an id that is older never comes again. */
const SEEN_DAYS = 30

/** Opens (and on the first run creates) the SQLite file; `:memory:` keeps nothing. */
export function openMemberStore(file: string): MemberStore {
  if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true })
  const database = new DatabaseSync(file)
  database.exec(`
    pragma journal_mode = wal;
    create table if not exists members (
      organization_id text not null,
      user_id text not null,
      email text not null,
      name text,
      role text not null,
      status text not null,
      primary key (organization_id, user_id)
    ) without rowid;
    create table if not exists webhooks_seen (
      id text primary key,
      seen_at integer not null
    ) without rowid;
  `)
  const list = database.prepare(
    `select user_id as userId, email, name, role, status from members
     where organization_id = ? order by email, user_id`,
  )
  const insert = database.prepare('insert into members values (?, ?, ?, ?, ?, ?)')
  const clear = database.prepare('delete from members where organization_id = ?')
  const see = database.prepare('insert or ignore into webhooks_seen values (?, unixepoch())')
  const seen = database.prepare('select 1 from webhooks_seen where id = ?')
  const forget = database.prepare('delete from webhooks_seen where seen_at < unixepoch() - ?')

  return {
    list: (organizationId) =>
      list.all(organizationId).map((row) => ({ ...(row as unknown as Member) })),
    replace(organizationId, members, webhookIds) {
      database.exec('begin immediate')
      try {
        clear.run(organizationId)
        for (const { userId, email, name, role, status } of members) {
          insert.run(organizationId, userId, email, name, role, status)
        }
        for (const id of webhookIds) see.run(id)
        forget.run(SEEN_DAYS * 86_400)
        database.exec('commit')
      } catch (error) {
        database.exec('rollback')
        throw error
      }
    },
    noteSeen(webhookId) {
      see.run(webhookId)
    },
    isSeen: (webhookId) => seen.get(webhookId) !== undefined,
    close: () => database.close(),
  }
}
