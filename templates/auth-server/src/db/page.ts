import { z } from 'zod'
import { Problem } from '../errors.ts'

/** `?limit=&after=` of every list. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().min(1).max(512).optional(),
})

export interface PageQuery {
  limit: number
  after?: string | undefined
}

export interface Page<T> {
  data: T[]
  page: { nextCursor: string | null; hasMore: boolean }
}

/** The shape of a page of `item`, for an action's output. */
export function pageShape<S extends z.ZodType>(item: S) {
  return z.object({
    data: z.array(item),
    page: z.object({ nextCursor: z.string().nullable(), hasMore: z.boolean() }),
  })
}

/** A cursor is the sort key of the last row. Callers must treat it as opaque. */
export function encodeCursor(parts: string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** The parts of a cursor, or a 400 when it was not made by `encodeCursor` with that many parts. */
export function decodeCursor(cursor: string, parts: z.ZodType<string>[]): string[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return z.tuple(parts as [z.ZodType<string>]).parse(value)
  } catch {
    throw new Problem('invalid_request', {
      detail: 'The cursor is not valid.',
      errors: [{ pointer: '/query/after', message: 'Not a cursor of this list', code: 'cursor' }],
    })
  }
}

/** A page of rows that were read with `limit + 1`: the extra row only tells that there is more. */
export function toPage<R, T>(
  rows: R[],
  limit: number,
  cursorOf: (row: R) => string[],
  view: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const hasMore = rows.length > limit
  return {
    data: shown.map(view),
    page: {
      nextCursor: hasMore && last !== undefined ? encodeCursor(cursorOf(last)) : null,
      hasMore,
    },
  }
}

/** Pages a list that is small enough to be in memory; `idOf` is unique in it. */
export function onePage<T>(items: T[], query: PageQuery, idOf: (item: T) => string): Page<T> {
  let start = 0
  if (query.after) {
    const [id] = decodeCursor(query.after, [z.string()])
    const at = items.findIndex((item) => idOf(item) === id)
    // The item has gone meanwhile: the list ends here, rather than start again for ever.
    start = at < 0 ? items.length : at + 1
  }
  return toPage(
    items.slice(start),
    query.limit,
    (item) => [idOf(item)],
    (item) => item,
  )
}
