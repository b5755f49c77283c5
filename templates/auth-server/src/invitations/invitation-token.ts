import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'

export const invitationDays = 7

/** What a mailed link holds. Anything else cannot be a token of ours. */
export const tokenInput = z.string().min(1).max(200)

/** 256 random bits; only the hash is stored, so a copy of the database opens no invitation. */
export function newInvitationToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashInvitationToken(token) }
}

export function hashInvitationToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
