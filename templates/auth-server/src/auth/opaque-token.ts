import { createHash, randomBytes } from 'node:crypto'

/** A token that means nothing by itself: 256 random bits, stored as a SHA-256 only. */
export function newOpaqueToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashToken(token) }
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
