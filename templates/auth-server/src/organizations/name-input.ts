import { z } from 'zod'

/**
 * A name that people read in lists and mails. Control and direction characters are refused: they let
 * one organization pose as another, or turn a mail's words around.
 */
export const nameInput = z
  .string()
  .trim()
  .min(1, 'A name is needed')
  .max(100)
  .regex(
    /^[^\p{Cc}\p{Co}\p{Cn}\p{Cs}\u202a-\u202e\u2066-\u2069]+$/u,
    'Letters, digits and signs only',
  )
