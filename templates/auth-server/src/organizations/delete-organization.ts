import { z } from 'zod'
import { byUser } from '../audit/record-event.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { mailLocale } from '../mail/mail-locale.ts'
import { permissionsUnderLock } from '../roles/permissions-under-lock.ts'
import { lockOrganization } from './lock-organization.ts'
import { mailOwners, ownersOf } from './mail-owners.ts'
import { markDeleted } from './mark-deleted.ts'
import { advanceDeletionNow } from './purge-organization.ts'

/** How long a deleted organization can be brought back when the settings do not say. */
const defaultGraceDays = 30

/** Deletes an organization. Nobody gets in from the next request on; its owners can bring it back. */
export const deleteOrganization = defineAction<MemberContext>()({
  id: 'deleteOrganization',
  summary: 'Delete an organization; its owners can restore it for a while',
  params: z.object({ orgId: z.uuid() }),
  status: 202,
  output: z.object({ status: z.literal('deleted'), restorableUntil: z.string() }),
  async run(context) {
    const { services, mode, organizationId, userId } = context
    const graceDays = services.settings.organizations.deletionGraceDays ?? defaultGraceDays
    const { operation, restorableUntil } = await services.db.tenantTransaction(
      mode,
      organizationId,
      async (trx) => {
        const { name } = await lockOrganization(trx, organizationId)
        await permissionsUnderLock(context, trx, 'organization:delete')
        const deletion = await markDeleted(trx, organizationId, {
          graceDays,
          userId,
          event: byUser(context),
        })
        const owners = await ownersOf(trx, organizationId)
        const byName = owners.find((owner) => owner.userId === userId)?.name ?? null
        await mailOwners(services, trx, organizationId, ({ email }) => ({
          template: 'organization-deleted',
          to: email,
          data: {
            organizationName: name,
            byName,
            restorableUntil: deletion.restorableUntil.toISOString(),
          },
          locale: mailLocale(context),
        }))
        return deletion
      },
    )
    await advanceDeletionNow(services, mode, operation)
    return { status: 'deleted' as const, restorableUntil: restorableUntil.toISOString() }
  },
})
