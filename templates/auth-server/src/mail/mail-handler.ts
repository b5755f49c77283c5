import type { Mode } from '../db/mode.ts'
import { open } from '../keys/envelope.ts'
import type { ClaimedRow, OutboxHandler, Outcome } from '../outbox/outbox-handler.ts'
import { backoffSeconds } from '../outbox/outbox-rows.ts'
import type { Services } from '../services.ts'
import { mailSchema, tokenPurpose } from './enqueue-mail.ts'
import type { Mail } from './mail.ts'
import { MailError } from './mail-error.ts'
import type { MailSender } from './send-mail.ts'

type Needs = Pick<Services, 'db' | 'settings' | 'log' | 'masterKey'>

/** With the pauses between them about twenty hours: a night in which nobody sees that the key is wrong. */
const attemptsMax = 30

/** Sends the mails of the outbox. */
export function mailHandler(services: Needs, sender: MailSender): OutboxHandler {
  return {
    kind: 'mail',
    concurrency: 5,
    close: () => sender.close(),
    async run(mode, row) {
      const mail = row.payload as unknown as Mail
      const facts = { mail: row.id, template: mail.template, mode }
      try {
        await sendRow(services, sender, mode, row, mail)
      } catch (error) {
        const outcome = outcomeOf(row, error)
        const isOver = 'givenUp' in outcome
        // The operator has to do something about the settings, or about a mail that will not go out.
        const level = isOver || (error as MailError).fault === 'settings' ? 'error' : 'warn'
        services.log[level](
          { ...facts, err: error, attempts: row.attempts },
          isOver ? 'A mail was given up' : 'A mail has to wait',
        )
        return outcome
      }
      services.log.info(facts, 'Mail sent')
      return { done: { keep: { template: mail.template } } }
    },
  }
}

async function sendRow(
  { db, settings, masterKey }: Needs,
  sender: MailSender,
  mode: Mode,
  row: ClaimedRow,
  mail: Mail,
): Promise<void> {
  if (row.schema > mailSchema) throw new Error(`Mail schema ${row.schema} is of a newer version`)
  const token = row.sealed ? open(masterKey, tokenPurpose, row.sealed) : null
  const person = await db.hubQuery(mode)('users').where('email', mail.to).first('locale')
  const wished = [person?.locale, mail.locale].find((one) => settings.locales.includes(one))
  const locale = wished ?? (settings.locales[0] as string)
  await sender.send({ mode, id: row.id, mail, token, locale })
}

function outcomeOf(row: ClaimedRow, error: unknown): Outcome {
  const message = String((error as Error).message ?? error)
  const isHopeless = error instanceof MailError && error.fault === 'recipient'
  if (isHopeless || row.attempts >= attemptsMax) return { givenUp: message }
  return { retry: { afterSeconds: backoffSeconds(row.attempts), error: message } }
}
