import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { findOrganizationRow, organizationParams } from './find-organization-row.ts'
import { modeQuery } from './mode-query.ts'
import { operatorOrganizationShape, toOperatorOrganization } from './operator-organization-view.ts'
import { planDetails, showOrganizationPlan } from './show-organization-plan.ts'

export const organizationDetails = operatorOrganizationShape.extend(planDetails.shape)

export const getOrganization = defineAction<OperatorContext>()({
  id: 'operatorGetOrganization',
  summary: 'One organization, by id or slug, with its plan, limits and use',
  params: organizationParams,
  query: modeQuery,
  output: organizationDetails,
  async run(context, { params }) {
    const { services, mode } = context
    const row = await findOrganizationRow(context, params.idOrSlug)
    const plan = await services.db.tenantTransaction(mode, row.id, (trx) =>
      showOrganizationPlan(services.settings, trx, row.id),
    )
    return { ...toOperatorOrganization(row), ...plan }
  },
})
