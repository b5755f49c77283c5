import { z } from 'zod'

/** PostgreSQL takes no more than these from a caller; anything else would end as a 500. */
const OFFSET = /(Z|[+-](0\d|1[0-4])(:?[0-5]\d)?)$/
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d/

/** Whether a text of the shape of a moment, ISO 8601 or PostgreSQL's own, is one: no 30 February. */
export function isMoment(text: string): boolean {
  const day = text.slice(0, 10)
  const date = new Date(`${day}T00:00:00.000Z`)
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1) return false
  // JavaScript takes 30 February for 2 March.
  return date.toISOString().startsWith(day) && CLOCK.test(text.slice(11)) && OFFSET.test(text)
}

/** What PostgreSQL writes for a timestamptz, so that no other text reaches the cast of a cursor. */
export const cursorTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:?\d\d)?$/)
  .refine(isMoment)

/** A moment in a query or a body, ISO 8601 with an offset. */
export const momentInput = z.iso
  .datetime({ offset: true })
  .refine(isMoment, 'A moment like "2026-11-25T12:00:00Z"')
