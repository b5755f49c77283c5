import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { rolePermissions } from '../roles/expand-permissions.ts'
import { permissionsUnderLock } from '../roles/permissions-under-lock.ts'
import { findLiveKey } from './find-live-key.ts'
import { insertMachineKey } from './insert-machine-key.ts'
import { machineKeyParams, newMachineKeyShape, toMachineKey } from './machine-key-view.ts'
import { refuseManyKeys } from './refuse-many-keys.ts'

const OVERLAP_MINUTES_MAX = 30 * 24 * 60

/**
 * Makes the successor of a key, with the same permissions and the same length of life; the old one
 * works on for the overlap. The new key is shown to whoever rotates, so they must hold all that it may.
 */
export const rotateMachineKey = defineAction<MemberContext>()({
  id: 'rotateMachineKey',
  summary: 'Make the successor of an API key; the old one works for the overlap',
  problems: ['conflict', 'limit_reached'],
  params: machineKeyParams,
  body: z.strictObject({
    overlapMinutes: z.number().int().min(0).max(OVERLAP_MINUTES_MAX).default(60),
  }),
  status: 201,
  output: newMachineKeyShape,
  async run(context, { params, body }) {
    const { services, mode, organizationId, userId } = context
    return services.db.tenantTransaction(mode, organizationId, async (trx) => {
      await lockOrganization(trx, organizationId)
      const held = await permissionsUnderLock(context, trx, 'api-keys:edit')
      const old = await findLiveKey(trx, organizationId, params.keyId)
      if (old.replaced_by) {
        throw new Problem('conflict', { detail: 'This key has a successor. Rotate that one.' })
      }
      const permissions = rolePermissions(services.settings, {
        slug: '',
        permissions: old.permissions,
      })
      if (!permissions.every((name) => held.includes(name))) {
        throw new Problem('permission_denied', {
          detail: 'This key has permissions that you do not have.',
        })
      }
      await refuseManyKeys(services.settings, trx, organizationId, { isRotation: true })
      const { row, key } = await insertMachineKey(trx, mode, organizationId, {
        name: old.name,
        permissions,
        createdBy: userId,
        expiresInSeconds: old.expires_at
          ? (old.expires_at.getTime() - old.created_at.getTime()) / 1000
          : null,
      })
      await trx('machine_keys')
        .where({ tenant_id: organizationId, id: old.id })
        .update({
          replaced_by: row.id,
          // Never later than it would have ended anyway; NULLs do not count for least().
          expires_at: trx.raw('least(expires_at, now() + make_interval(mins => ?))', [
            body.overlapMinutes,
          ]),
        })
      await recordEvent(trx, organizationId, {
        ...byUser(context),
        action: 'api_key.rotated',
        target: { kind: 'api_key', id: old.id },
        data: { newKeyId: row.id, overlapMinutes: body.overlapMinutes },
      })
      return { ...toMachineKey(mode, row), key }
    })
  },
})
