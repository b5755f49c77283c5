import type { Knex } from 'knex'
import { Problem } from '../errors.ts'
import { hashToken, newOpaqueToken } from './opaque-token.ts'

export type LinkPurpose = 'verify_email' | 'password_reset'

const LIFE: Record<LinkPurpose, string> = { verify_email: '24 hours', password_reset: '1 hour' }

/** A new mailed link token; earlier ones for the same purpose stop working. */
export async function issueLinkToken(
  trx: Knex.Transaction,
  purpose: LinkPurpose,
  userId: string,
): Promise<string> {
  await trx('link_tokens').where({ user_id: userId, purpose }).whereNull('used_at').delete()
  const { token, hash } = newOpaqueToken()
  await trx('link_tokens').insert({
    token_hash: hash,
    purpose,
    user_id: userId,
    expires_at: trx.raw(`now() + interval '${LIFE[purpose]}'`),
  })
  return token
}

/**
 * Spends a mailed token, once. Unknown, used and expired are one answer (410 `link_invalid`).
 *
 * @returns the id of the person it was mailed to
 */
export async function spendLinkToken(
  trx: Knex.Transaction,
  purpose: LinkPurpose,
  token: string,
): Promise<string> {
  const [row] = (await trx('link_tokens')
    .where({ token_hash: hashToken(token), purpose })
    .whereNull('used_at')
    .whereRaw('expires_at > now()')
    .update({ used_at: trx.fn.now() })
    .returning('user_id')) as { user_id: string }[]
  if (!row) {
    throw new Problem('link_invalid', {
      detail: 'This link was used before or has expired. Ask for a new one.',
    })
  }
  return row.user_id
}
