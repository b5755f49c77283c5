import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { OperatorContext } from '../http/context.ts'
import { OPERATORS_TRAIL } from './link-hash.ts'
import { listTrails, type Trail } from './list-trails.ts'

/** Names a trail: `?organization=<id or slug>`; without it, the operators' own. */
export const trailQuery = z.strictObject({
  mode: z.enum(['live', 'test']).optional(),
  organization: z.string().min(1).max(80).optional(),
})

/** The trail that a query names. An organization that is gone still has one, under its id. */
export async function findTrail(
  { services, mode }: Pick<OperatorContext, 'services' | 'mode'>,
  idOrSlug: string | undefined,
): Promise<Trail> {
  if (idOrSlug === undefined) return { id: OPERATORS_TRAIL, organization: null }
  const trails = await listTrails({ db: services.db, ...services.audit }, mode)
  const found = trails.find(
    ({ id, organization }) => id === idOrSlug || organization?.slug === idOrSlug,
  )
  if (!found || found.id === OPERATORS_TRAIL) throw new Problem('not_found')
  return found
}

export const trailShape = z.object({
  id: z.uuid(),
  /** Null for the operators' trail, and for an organization that is gone. */
  organization: z.object({ slug: z.string(), name: z.string() }).nullable(),
})
