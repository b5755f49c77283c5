import { z } from 'zod'

/** An address as we store it: trimmed and in lower case. */
export const emailInput = z
  .string()
  .max(254)
  .trim()
  .toLowerCase()
  .pipe(z.email('This is not an email address'))

/** Checked by `check-password-rules.ts`; here only a ceiling, so that nobody sends a novel. */
export const passwordInput = z.string().min(1, 'A password is required').max(1000)

/** A mailed token, refresh token or code: 256 bits in base64url. */
export const tokenInput = z.string().min(1).max(200)

export const nameInput = z
  .string()
  .trim()
  .min(1)
  .max(80)
  // Names are shown and mailed: no control characters, no markup, nothing that turns the words of a
  // mail or a list around.
  .regex(
    /^[^\p{Cc}<>/\\\u202a-\u202e\u2066-\u2069]*$/u,
    'Some characters are not allowed in a name',
  )

export const uuidInput = z.uuid()

export const checkEmailAnswer = z.object({ status: z.literal('check_email') })
