import { Problem } from '../errors.ts'

/** The one 409 `limit_reached`: `extra` tells a program which limit it was and how high it is. */
export function limitReached(limit: string, max: number, detail: string): Problem {
  return new Problem('limit_reached', { detail, extra: { limit, max } })
}
