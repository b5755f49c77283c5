import type { FieldError } from '../errors.ts'

/** Deeper than any body of ours; the parser's own limit of 100 KB bounds the rest. */
const depthMax = 20

/**
 * Strings that JSON allows and PostgreSQL refuses: NUL, and half of a surrogate pair. Let in, they
 * would end as a 500 in the first query. Names of members count too.
 *
 * @param at JSON pointer of `value`
 */
export function brokenText(value: unknown, at: string, depth = 0): FieldError[] {
  if (typeof value === 'string') return isWhole(value) ? [] : [fault(at)]
  if (typeof value !== 'object' || value === null) return []
  if (depth >= depthMax) return [{ pointer: at, message: 'Nested too deep', code: 'too_deep' }]
  const faults: FieldError[] = []
  for (const [name, member] of Object.entries(value)) {
    // Most members are whole texts; nothing is made for those.
    if (!isWhole(name)) faults.push(fault(at))
    else if (typeof member !== 'string' || !isWhole(member)) {
      faults.push(...brokenText(member, `${at}/${escapePointer(name)}`, depth + 1))
    }
  }
  return faults
}

function isWhole(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

function fault(pointer: string): FieldError {
  return { pointer, message: 'Holds characters that are no text', code: 'broken_text' }
}

/** RFC 6901: `~` and `/` inside a name. */
export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
