import { z } from 'zod'
import type { SecretContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { postponeOperation } from '../operations/operation.ts'
import { finishCreation, undoCreation } from '../organizations/finish-or-undo-creation.ts'
import { nameInput } from '../organizations/name-input.ts'
import { newOrganizationId } from '../organizations/organization-id.ts'
import { reserveOrganization } from '../organizations/reserve-organization.ts'
import { slugInput, slugify } from '../organizations/slug.ts'
import { fallbackPlan } from '../subscriptions/entitlements.ts'
import { backendOrganizationShape, findBackendOrganization } from './backend-organization.ts'
import { findPerson, personInput } from './find-person.ts'

/** What one person may create by themselves does not bind the backend; what the instance carries does. */
const UNBOUND = 1_000_000_000

export const createBackendOrganization = defineAction<SecretContext>()({
  id: 'backendCreateOrganization',
  summary: 'Create an organization for its owner',
  problems: ['conflict', 'slug_taken', 'instance_full', 'email_not_verified'],
  body: z.strictObject({
    name: nameInput,
    slug: slugInput.optional(),
    owner: personInput,
  }),
  status: 201,
  output: backendOrganizationShape,
  idempotent: true,
  async run(context, { body }) {
    const { services, mode, key } = context
    const { settings } = services
    const owner = await findPerson(context, body.owner, '/owner')
    const organizations = { ...settings.organizations, perUserMax: UNBOUND, perHourMax: UNBOUND }
    const id = newOrganizationId(key.id, context.header('idempotency-key'))
    const operation = await reserveOrganization(
      { ...services, settings: { ...settings, organizations } },
      mode,
      id,
      {
        userId: owner.id,
        name: body.name,
        slug: body.slug ?? slugify(body.name),
        isSlugGiven: body.slug !== undefined,
        plan: fallbackPlan(settings).id,
        pendingPlan: null,
      },
    )
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
    return findBackendOrganization(services, mode, operation.subjectId)
  },
})
