import { byUser, recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { machineKeyParams } from './machine-key-view.ts'

/**
 * Ends a key at once. Whoever may edit keys may end any of them, whatever it may do: a leak must not
 * wait for somebody higher up. Doing it again changes nothing.
 */
export const revokeMachineKey = defineAction<MemberContext>()({
  id: 'revokeMachineKey',
  summary: 'Revoke an API key',
  params: machineKeyParams,
  output: null,
  async run(context, { params }) {
    const { services, mode, organizationId, userId } = context
    const where = { tenant_id: organizationId, id: params.keyId }
    await services.db.tenantTransaction(mode, organizationId, async (trx) => {
      const there = await trx('machine_keys').where(where).forUpdate().first('revoked_at')
      if (!there) throw new Problem('not_found')
      if (there.revoked_at) return
      await trx('machine_keys')
        .where(where)
        .update({ revoked_at: trx.fn.now(), revoked_by: userId })
      await recordEvent(trx, organizationId, {
        ...byUser(context),
        action: 'api_key.revoked',
        target: { kind: 'api_key', id: params.keyId },
      })
    })
  },
})
