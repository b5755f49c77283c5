/** Text that says something, trimmed; undefined for empty and everything that is no text. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return undefined
  const trimmed = value.trim()
  return trimmed === '' ? undefined : trimmed
}

/** Booleans as spreadsheets write them; undefined when it says neither. */
export function flag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  const word = text(value)?.toLowerCase()
  if (word === undefined) return undefined
  if (['true', 't', 'yes', 'y', '1', 'verified'].includes(word)) return true
  if (['false', 'f', 'no', 'n', '0', 'unverified'].includes(word)) return false
  return undefined
}

/** ISO 8601 of a date, of seconds or milliseconds since 1970, or of MongoDB's `{$date}`. */
export function date(value: unknown): string | undefined {
  if (value !== null && typeof value === 'object' && '$date' in value) return date(value.$date)
  const given = text(value)
  if (given === undefined) return undefined
  if (!/^\d{9,13}$/.test(given)) return given
  const number = Number(given)
  return new Date(given.length > 11 ? number : number * 1000).toISOString()
}

/** "Ada King Lovelace": the first word, and the rest. */
export function splitName(name: unknown): { firstName?: string; lastName?: string } {
  const [first, ...rest] = (text(name) ?? '').split(/\s+/)
  return {
    ...(first ? { firstName: first } : {}),
    ...(rest.length > 0 ? { lastName: rest.join(' ') } : {}),
  }
}

/** The object without what is undefined, so that "not said" never travels as a value. */
export function known<T extends Record<string, unknown>>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T
}
