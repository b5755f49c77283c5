import type { Knex } from 'knex'
import { recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { changeOverrides, overridesInput } from '../subscriptions/change-overrides.ts'
import type { Overrides } from '../subscriptions/entitlements.ts'
import { findSubscription } from '../subscriptions/subscription-row.ts'
import { writePlan } from '../subscriptions/write-plan.ts'
import { findOrganizationRow, organizationParams } from './find-organization-row.ts'
import { organizationDetails } from './get-organization.ts'
import { modeQuery } from './mode-query.ts'
import { toOperatorOrganization } from './operator-organization-view.ts'
import { showOrganizationPlan } from './show-organization-plan.ts'

/** Gives one organization a plan, limits or features beside what it pays for; its own trail tells it. */
export const setOrganization = defineAction<OperatorContext>()({
  id: 'operatorSetOrganization',
  summary: 'Set plan, limits and features of one organization',
  problems: ['not_found', 'invalid_request'],
  params: organizationParams,
  query: modeQuery,
  body: overridesInput,
  output: organizationDetails,
  async run(context, { params, body }) {
    const { services, mode, operator, requestId } = context
    const { settings } = services
    const organization = await findOrganizationRow(context, params.idOrSlug)
    const plan = await services.db.tenantTransaction(mode, organization.id, async (trx) => {
      const before = await lockOverrides(trx, organization.id)
      const after = changeOverrides(settings, before, body)
      await trx('organizations')
        .where('tenant_id', organization.id)
        .update({ overrides: JSON.stringify(after), updated_at: trx.fn.now() })
      const paid = await findSubscription(trx, organization.id)
      await writePlan(
        services,
        trx,
        organization.id,
        { plan: paid?.plan ?? null, until: paid?.paid_until ?? null },
        { withdrawn: before.plan },
      )
      await recordEvent(trx, organization.id, {
        action: 'organization.entitlements_changed',
        actor: { kind: 'operator', id: operator.id },
        target: { kind: 'organization', id: organization.id },
        requestId,
        data: { before, after, operator: operator.name },
      })
      return showOrganizationPlan(settings, trx, organization.id)
    })
    return { ...toOperatorOrganization(organization), ...plan }
  },
})

async function lockOverrides(trx: Knex.Transaction, organizationId: string): Promise<Overrides> {
  const row = await trx('organizations')
    .where('tenant_id', organizationId)
    .forUpdate()
    .first('overrides')
  if (!row) throw new Problem('not_found')
  return row.overrides
}
