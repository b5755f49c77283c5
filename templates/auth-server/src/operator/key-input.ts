import { z } from 'zod'
import { PAGES_KEY_NAME } from '../pages/pages-path.ts'

export const keyName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  // The pages' key may complete sign-ins; another key of that name would inherit the right.
  .refine((name) => name !== PAGES_KEY_NAME, `The name "${PAGES_KEY_NAME}" is reserved`)

export const originsInput = z
  .array(
    z.string().refine((value) => {
      try {
        return new URL(value).origin === value
      } catch {
        return false
      }
    }, 'An origin like "https://app.example.com", with no path'),
  )
  .max(50)

const BAD_SCHEMES = new Set(['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:'])

export const redirectUrisInput = z
  .array(
    z
      .string()
      .max(2000)
      .refine((value) => {
        try {
          const url = new URL(value)
          // A fragment would be dropped or, worse, kept; a script address would be run.
          return url.hash === '' && !BAD_SCHEMES.has(url.protocol)
        } catch {
          return false
        }
      }, 'An absolute address without a fragment'),
  )
  .max(50)

/**
 * What a secret key may do: `bff` vouches for an app's backend, `introspect` asks about tokens, the
 * others are for the backend routes, in every organization.
 */
export const scopesInput = z
  .array(
    z.enum([
      'bff',
      'introspect',
      'organizations:read',
      'organizations:write',
      'users:read',
      'users:write',
    ]),
  )
  .max(10)
