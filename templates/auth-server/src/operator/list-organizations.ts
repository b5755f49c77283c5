import { z } from 'zod'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { LIST_MAX, modeQuery, onePage, pageShape } from './mode-query.ts'
import {
  type OperatorOrganizationRow,
  ORGANIZATION_COLUMNS,
  ORGANIZATIONS,
  operatorOrganizationShape,
  toOperatorOrganization,
} from './operator-organization-view.ts'

export const listOrganizations = defineAction<OperatorContext>()({
  id: 'operatorListOrganizations',
  summary: 'Organizations of a mode',
  query: modeQuery.extend({ status: z.enum(['pending', 'active', 'deleted']).optional() }),
  output: z.object({ data: z.array(operatorOrganizationShape), page: pageShape }),
  async run({ services, mode }, { query }) {
    const rows = await services.db.operator(mode, async (trx) => {
      const { rows } = (await trx.raw(
        `select ${ORGANIZATION_COLUMNS} from ${ORGANIZATIONS}
         where o.status = coalesce(?, o.status) order by o.created_at desc limit ?`,
        [query.status ?? null, LIST_MAX],
      )) as { rows: OperatorOrganizationRow[] }
      return rows
    })
    return { data: rows.map(toOperatorOrganization), page: onePage }
  },
})
