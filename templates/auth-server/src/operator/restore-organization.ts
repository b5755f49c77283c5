import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { bringBack } from '../organizations/bring-back.ts'
import { findOrganizationRow, organizationParams } from './find-organization-row.ts'
import { modeQuery } from './mode-query.ts'
import { operatorOrganizationShape, toOperatorOrganization } from './operator-organization-view.ts'

/** Brings a deleted organization back for people who cannot: its owners hear of it, its trail tells it. */
export const restoreOrganization = defineAction<OperatorContext>()({
  id: 'operatorRestoreOrganization',
  summary: 'Bring a deleted organization back',
  problems: ['not_found'],
  params: organizationParams,
  query: modeQuery,
  output: operatorOrganizationShape,
  async run(context, { params }) {
    const { services, mode, operator, requestId } = context
    const { id } = await findOrganizationRow(context, params.idOrSlug)
    await services.db.tenantTransaction(mode, id, (trx) =>
      bringBack(services, trx, id, {
        event: {
          actor: { kind: 'operator', id: operator.id },
          requestId,
          data: { operator: operator.name },
        },
        mayBringBack: async () => true,
      }),
    )
    return toOperatorOrganization(await findOrganizationRow(context, id))
  },
})
