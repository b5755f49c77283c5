import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { recordHubEvent } from '../auth/record-hub-event.ts'
import { enqueueMail } from '../mail/enqueue-mail.ts'
import type { Services } from '../services.ts'
import { type Alert, wordsOf } from './alert-kinds.ts'
import { alertsOf } from './alert-settings.ts'

/**
 * Raises an alert unless the same one was raised within the hour: an event in the trails (from where
 * webhooks get it) and a mail to everybody whom the settings name.
 *
 * @returns whether it was raised
 */
export async function raiseAlert(
  services: Pick<Services, 'settings' | 'masterKey' | 'log'>,
  trx: Knex,
  alert: Alert,
): Promise<boolean> {
  if (!(await isFirstThisHour(trx, alert))) return false
  const { rule, userId, data } = alert
  // Without the request's address: the event that led to it has it, sealed under the right person.
  const nobody = { key: null, ip: null, requestId: randomUUID() }
  await recordHubEvent(trx, nobody, `alert.${rule}`, userId, data)
  const at = new Date().toISOString()
  for (const to of alertsOf(services.settings).mail) {
    await enqueueMail(services, trx, {
      template: 'security-alert',
      to: to.toLowerCase(),
      data: { rule, ...wordsOf(alert), organizationName: null, at },
    })
  }
  services.log.warn({ rule, userId, data }, 'Security alert')
  return true
}

async function isFirstThisHour(trx: Knex, { rule, subject }: Alert): Promise<boolean> {
  const { rows } = (await trx.raw(
    `insert into alert_marks as mark (rule, subject) values (?, ?)
     on conflict (rule, subject) do update set raised_at = now()
       where mark.raised_at < now() - interval '1 hour'
     returning rule`,
    [rule, subject],
  )) as { rows: unknown[] }
  return rows.length > 0
}
