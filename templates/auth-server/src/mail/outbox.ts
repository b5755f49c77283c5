import type { Knex } from 'knex'
import type { Mail } from './mail.ts'

export interface WaitingMail {
  id: string
  schema: number
  mail: Mail
  sealed: Buffer | null
  attempts: number
}

/** About seven hours with the pauses between them. */
const attemptsMax = 16
const batchSize = 10

/** Takes mails that are due, for one minute. Two workers never get the same one. */
export async function claimMails(hub: Knex): Promise<WaitingMail[]> {
  const { rows } = (await hub.raw(
    `update outbox set attempts = attempts + 1, locked_until = now() + interval '1 minute'
     where id in (
       select id from outbox
       where kind = 'mail' and sent_at is null and failed_at is null and available_at <= now()
         and (locked_until is null or locked_until < now())
       order by available_at limit ? for update skip locked
     )
     returning id, schema, payload, sealed, attempts`,
    [batchSize],
  )) as { rows: (Omit<WaitingMail, 'mail'> & { payload: Mail })[] }
  return rows.map(({ payload, ...row }) => ({ ...row, mail: payload }))
}

/** Sent: the token and the words go, the row stays for a while as the record that it went out. */
export async function finishMail(hub: Knex, id: string): Promise<void> {
  await hub('outbox')
    .where({ id })
    .update({
      sent_at: hub.fn.now(),
      sealed: null,
      locked_until: null,
      last_error: null,
      payload: hub.raw(`jsonb_build_object('template', payload -> 'template')`),
    })
}

/** Tries again after 4, 8, 16 ... seconds, at most an hour; after `attemptsMax` tries it is given up. */
export async function failMail(hub: Knex, mail: WaitingMail, error: unknown): Promise<void> {
  const seconds = Math.min(2 ** (mail.attempts + 1), 3600)
  const isLast = mail.attempts >= attemptsMax
  await hub('outbox')
    .where('id', mail.id)
    .update({
      locked_until: null,
      last_error: String((error as Error).message ?? error).slice(0, 500),
      available_at: hub.raw('now() + make_interval(secs => ?)', [seconds]),
      ...(isLast ? { failed_at: hub.fn.now(), sealed: null } : {}),
    })
}
