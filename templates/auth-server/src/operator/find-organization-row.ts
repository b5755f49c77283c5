import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { OperatorContext } from '../http/context.ts'
import {
  type OperatorOrganizationRow,
  ORGANIZATION_COLUMNS,
  ORGANIZATIONS,
} from './operator-organization-view.ts'

export const organizationParams = z.object({ idOrSlug: z.string().max(80) })

/** The organization by id or slug, whatever its state; 404 when there is none. */
export async function findOrganizationRow(
  { services, mode }: OperatorContext,
  idOrSlug: string,
): Promise<OperatorOrganizationRow> {
  const row = await services.db.operator(mode, async (trx) => {
    const { rows } = (await trx.raw(
      `select ${ORGANIZATION_COLUMNS} from ${ORGANIZATIONS} where o.id::text = ? or o.slug = ? limit 1`,
      [idOrSlug, idOrSlug],
    )) as { rows: OperatorOrganizationRow[] }
    return rows[0]
  })
  if (!row) throw new Problem('not_found')
  return row
}
