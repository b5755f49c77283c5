import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { UserContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { findMembership } from '../members/find-membership.ts'
import { postponeOperation } from '../operations/operation.ts'
import type { Settings } from '../settings.ts'
import { fallbackPlan } from '../subscriptions/entitlements.ts'
import { finishCreation, undoCreation } from './finish-or-undo-creation.ts'
import { nameInput } from './name-input.ts'
import { newOrganizationId } from './organization-id.ts'
import { organizationShape, toOrganization } from './organization-view.ts'
import { reserveOrganization } from './reserve-organization.ts'
import { slugInput, slugify } from './slug.ts'

/** Creates an organization with its realm; the caller becomes its owner. */
export const createOrganization = defineAction<UserContext>()({
  id: 'createOrganization',
  summary: 'Create an organization',
  problems: ['conflict', 'slug_taken', 'limit_reached', 'instance_full', 'email_not_verified'],
  body: z.strictObject({
    name: nameInput,
    slug: slugInput.optional(),
    plan: z.string().max(40).optional(),
  }),
  status: 201,
  output: organizationShape,
  idempotent: true,
  async run(context, { body }) {
    const { services, mode, userId } = context
    const id = newOrganizationId(userId, context.header('idempotency-key'))
    const operation = await reserveOrganization(services, mode, id, {
      userId,
      name: body.name,
      slug: body.slug ?? slugify(body.name),
      isSlugGiven: body.slug !== undefined,
      ...choosePlan(services.settings, body.plan),
    })
    try {
      await finishCreation(services, mode, operation)
    } catch (error) {
      // The caller is told that it failed, so it must not appear later by itself.
      await undoCreation(services, mode, operation).catch(async (undoError) => {
        services.log.warn({ err: undoError, operation: operation.id }, 'The undo has to wait')
        await postponeOperation(services.db.hubQuery(mode), operation, undoError)
      })
      throw error
    }
    const membership = await findMembership(services, mode, userId, operation.subjectId)
    if (!membership) {
      throw new Problem('conflict', {
        detail:
          'An earlier request with this Idempotency-Key made an organization that you have left.',
      })
    }
    return toOrganization(membership)
  },
})

/**
 * The plan named, or the one that costs nothing with the named one as a wish: a plan that costs something
 * is had when it is paid, and without a payment provider it cannot be chosen.
 */
function choosePlan(
  settings: Pick<Settings, 'plans' | 'billing'>,
  wanted?: string,
): { plan: string; pendingPlan: string | null } {
  const fallback = fallbackPlan(settings).id
  if (wanted === undefined) return { plan: fallback, pendingPlan: null }
  const plan = settings.plans.find((one) => one.id === wanted)
  if (plan?.priceMonthly === 0) return { plan: plan.id, pendingPlan: null }
  if (plan && settings.billing?.provider) return { plan: fallback, pendingPlan: plan.id }
  throw new Problem('invalid_request', {
    detail: 'This plan cannot be chosen here.',
    errors: [{ pointer: '/plan', message: 'Not a plan that can be chosen', code: 'unknown_plan' }],
  })
}
