import { usageError } from '../errors.ts'

/** A day (`2026-11-25`, from midnight UTC) or a moment, as the operator routes take it. */
export function momentOf(flag: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const date = new Date(text)
  if (!Number.isNaN(date.getTime())) return date.toISOString()
  throw usageError({
    code: 'date_invalid',
    what: `${flag} ${text} is not a date.`,
    why: 'A date is a day or a moment of ISO 8601.',
    next: [`${flag} 2026-11-25`, `${flag} 2026-11-25T08:00:00Z`],
  })
}
