import type { Knex } from 'knex'
import { seal } from '../keys/envelope.ts'
import { addToOutbox } from '../outbox/add-to-outbox.ts'
import type { Mail, MailTemplate } from './mail.ts'

/** Purpose of the envelope around a mailed token. */
export const tokenPurpose = 'mail-token'

/** The newest version of the payload that this code reads. */
export const mailSchema = 2

/** Mails that the first version knows. After a rollback it must still send those that wait. */
const firstTemplates = new Set<MailTemplate>([
  'verify-email',
  'password-reset',
  'password-changed',
  'account-exists',
  'invitation',
])

/**
 * Leaves a mail in the outbox, in the transaction of what it tells about: a rolled-back sign-up mails
 * nobody, and a committed one mails for certain. Works as hub and as tenant.
 */
export async function enqueueMail(
  { masterKey }: { masterKey: Buffer },
  trx: Knex,
  mail: Mail,
): Promise<void> {
  const { template, to, data, token, locale } = mail
  await addToOutbox(trx, [
    {
      kind: 'mail',
      schema: firstTemplates.has(template) ? 1 : mailSchema,
      payload: { template, to, data, ...(locale ? { locale } : {}) },
      // The database never holds a usable link, not even for the second that a mail waits.
      sealed: token === undefined ? null : seal(masterKey, tokenPurpose, token),
    },
  ])
}
