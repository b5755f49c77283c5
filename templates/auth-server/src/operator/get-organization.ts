import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { modeQuery } from './mode-query.ts'
import {
  type OperatorOrganizationRow,
  ORGANIZATION_COLUMNS,
  operatorOrganizationShape,
  toOperatorOrganization,
} from './operator-organization-view.ts'

export const getOrganization = defineAction<OperatorContext>()({
  id: 'operatorGetOrganization',
  summary: 'One organization, by id or slug',
  params: z.object({ idOrSlug: z.string().max(80) }),
  query: modeQuery,
  output: operatorOrganizationShape,
  async run({ services, mode }, { params }) {
    const row = await services.db.operator(mode, async (trx) => {
      const { rows } = (await trx.raw(
        `select ${ORGANIZATION_COLUMNS} from definer.operator_organizations() where id::text = ? or slug = ? limit 1`,
        [params.idOrSlug, params.idOrSlug],
      )) as { rows: OperatorOrganizationRow[] }
      return rows[0]
    })
    if (!row) throw new Problem('not_found')
    return toOperatorOrganization(row)
  },
})
