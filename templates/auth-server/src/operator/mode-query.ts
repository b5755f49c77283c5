import { z } from 'zod'

/** Every operator route takes the mode; the guard has read it by the time an action runs. */
export const modeQuery = z.strictObject({ mode: z.enum(['live', 'test']).optional() })

/** A list is answered whole up to this many; the operator's tools narrow by a query. */
export const LIST_MAX = 200

export const pageShape = z.object({ nextCursor: z.string().nullable(), hasMore: z.boolean() })
export const onePage = { nextCursor: null, hasMore: false }
