/** A password as Keycloak stores it; `value` and `salt` are what its hash providers expect. */
export interface StoredPassword {
  algorithm: 'bcrypt' | 'argon2' | 'pbkdf2' | 'pbkdf2-sha256' | 'pbkdf2-sha512'
  iterations: number
  value: string
  /** Base64; null where the value holds it, as bcrypt's does. */
  salt: string | null
  parameters: Record<string, string[]>
}

/** Why a hash does not come along. None of these words holds a part of the hash. */
export type HashRefusal = 'unknown_format' | 'damaged' | 'too_costly'

export type HashReading =
  | { ok: true; password: StoredPassword }
  | { ok: false; refusal: HashRefusal }

export const refuse = (refusal: HashRefusal): HashReading => ({ ok: false, refusal })
