import type { Knex } from 'knex'
import { seal } from '../keys/envelope.ts'
import type { Mail } from './mail.ts'

/** Purpose of the envelope around a mailed token. */
export const tokenPurpose = 'mail-token'

/** Version of the payload, so that a worker of another version can tell what it can read. */
export const mailSchema = 1

/**
 * Leaves a mail in the outbox, in the transaction of what it tells about: a rolled-back sign-up mails
 * nobody, and a committed one mails for certain. Works as hub and as tenant.
 */
export async function enqueueMail(
  { masterKey }: { masterKey: Buffer },
  trx: Knex,
  mail: Mail,
): Promise<void> {
  const { template, to, data, token } = mail
  await trx('outbox').insert({
    kind: 'mail',
    schema: mailSchema,
    payload: JSON.stringify({ template, to, data }),
    // The database never holds a usable link, not even for the second that a mail waits.
    sealed: token === undefined ? null : seal(masterKey, tokenPurpose, token),
  })
}
