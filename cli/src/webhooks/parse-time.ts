import { exitCodes, UserError } from '../errors.ts'

const units: Record<string, number> = { m: 60, h: 3600, d: 86_400 }

/** `2026-11-25T09:00:00Z`, `2026-11-25`, or an age such as `30m`, `6h`, `3d`; gives ISO 8601. */
export function parseTime(text: string, flag: string, now = Date.now()): string {
  const age = /^(\d{1,5})([mhd])$/.exec(text)
  if (age) return new Date(now - Number(age[1]) * (units[age[2] ?? ''] ?? 0) * 1000).toISOString()
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(time)) return new Date(time).toISOString()
  throw new UserError({
    code: 'usage',
    what: `"${text}" is no time.`,
    why: `${flag} takes a date, a time, or an age.`,
    next: [`${flag} 6h`, `${flag} 2026-11-25T09:00:00Z`],
    exitCode: exitCodes.usage,
  })
}
