import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { KeyContext } from '../http/context.ts'

export const returnUrlInput = z.url({ protocol: /^https?$/ }).max(2000)

/**
 * Demands that a payment page leads back to this project: to an origin of the key or of the settings,
 * or to the hosted pages. Anything else would let a link to Stripe's own page end anywhere.
 *
 * @returns the address as it was understood here, so that nobody after us reads `\\` or a tab otherwise
 */
export function checkReturnUrl({ key, services }: KeyContext, url: string): string {
  const { origin, href } = new URL(url)
  const { allowedOrigins } = services.settings
  if ([...key.origins, ...allowedOrigins, services.env.publicUrl].includes(origin)) return href
  throw new Problem('invalid_request', {
    detail: 'The returnUrl must lead back to an origin of this key or of allowedOrigins.',
    errors: [{ pointer: '/returnUrl', message: 'Not an allowed origin', code: 'origin_unknown' }],
  })
}

/** The address with one more parameter, so that the app can tell how the payment page was left. */
export function withOutcome(url: string, outcome: 'done' | 'left'): string {
  const address = new URL(url)
  address.searchParams.set('checkout', outcome)
  return address.href
}
