import { z } from 'zod'
import { byCaller } from '../audit/by-caller.ts'
import { recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { TenantContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'

/** Cancels a pending invitation; its link stops working at once. */
export const cancelInvitation = defineAction<TenantContext>()({
  id: 'cancelInvitation',
  summary: 'Cancel an invitation',
  params: z.object({ orgId: z.uuid(), invitationId: z.uuid() }),
  output: null,
  async run(context, { params }) {
    const { services, mode, organizationId } = context
    await services.db.tenantTransaction(mode, organizationId, async (trx) => {
      const cancelled = await trx('invitations')
        .where({ tenant_id: organizationId, id: params.invitationId, status: 'pending' })
        .update({ status: 'cancelled' })
      if (cancelled === 0) throw new Problem('not_found')
      await recordEvent(trx, organizationId, {
        ...byCaller(context),
        action: 'invitation.cancelled',
        target: { kind: 'invitation', id: params.invitationId },
      })
    })
  },
})
