import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts a secret that must be readable again (AES-256-GCM). The purpose is bound in twice, as key
 * derivation input and as associated data, so a sealed mail token cannot be opened as an API key.
 *
 * @returns version (1 byte), nonce (12), ciphertext, tag (16)
 */
export function seal(masterKey: Buffer, purpose: string, plaintext: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', purposeKey(masterKey, purpose), nonce)
  cipher.setAAD(Buffer.from(purpose))
  const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.from([VERSION]), nonce, sealed, cipher.getAuthTag()])
}

/** Opens what `seal` made for the same purpose; throws when it was made for another or was altered. */
export function open(masterKey: Buffer, purpose: string, sealed: Buffer): string {
  if (sealed[0] !== VERSION) throw new Error(`Unknown envelope version ${sealed[0]}`)
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
  const tag = sealed.subarray(sealed.length - TAG_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', purposeKey(masterKey, purpose), nonce)
  decipher.setAAD(Buffer.from(purpose))
  decipher.setAuthTag(tag)
  const body = sealed.subarray(1 + NONCE_BYTES, sealed.length - TAG_BYTES)
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
}

function purposeKey(masterKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, 'authstack-envelope', purpose, 32))
}
