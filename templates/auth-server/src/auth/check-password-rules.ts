import { type FieldError, Problem } from '../errors.ts'
import type { Settings } from '../settings.ts'

/** bcrypt reads 72 bytes and ignores the rest; a longer password is refused, never cut. */
export const PASSWORD_BYTES_MAX = 72

/** Throws 422 `invalid_password` with every rule that the password breaks. */
export function checkPasswordRules(
  settings: Pick<Settings, 'passwordPolicy'>,
  password: string,
  pointer = '/password',
): void {
  const errors: FieldError[] = []
  const { minLength } = settings.passwordPolicy
  if ([...password].length < minLength) {
    errors.push({
      pointer,
      message: `Use at least ${minLength} characters`,
      code: 'password_too_short',
    })
  }
  if (Buffer.byteLength(password, 'utf8') > PASSWORD_BYTES_MAX) {
    errors.push({
      pointer,
      message: `Use at most ${PASSWORD_BYTES_MAX} bytes (that many plain letters, fewer with accents)`,
      code: 'password_too_long',
    })
  }
  if (errors.length > 0) {
    throw new Problem('invalid_password', {
      detail: 'The password does not fit the rules.',
      errors,
    })
  }
}
