import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import { nameInput } from '../auth/inputs.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { choosePermissions } from '../roles/choose-permissions.ts'
import { permissionsUnderLock } from '../roles/permissions-under-lock.ts'
import { permissionsInput } from '../roles/role-input.ts'
import { insertMachineKey } from './insert-machine-key.ts'
import { newMachineKeyShape, toMachineKey } from './machine-key-view.ts'
import { refuseManyKeys } from './refuse-many-keys.ts'

const DAY_SECONDS = 24 * 60 * 60

/**
 * Makes a key for a machine of the organization; the answer is the only one that shows it. It is not
 * repeated for an Idempotency-Key: answers that hold secrets are not kept.
 */
export const createMachineKey = defineAction<MemberContext>()({
  id: 'createMachineKey',
  summary: 'Make an API key for a machine; it is shown once',
  problems: ['limit_reached'],
  params: z.object({ orgId: z.uuid() }),
  body: z.strictObject({
    name: nameInput,
    permissions: permissionsInput.min(1),
    expiresInDays: z.number().int().min(1).max(3650).optional(),
  }),
  status: 201,
  output: newMachineKeyShape,
  async run(context, { body }) {
    const { services, mode, organizationId, userId } = context
    const { settings } = services
    return services.db.tenantTransaction(mode, organizationId, async (trx) => {
      await lockOrganization(trx, organizationId)
      const held = await permissionsUnderLock(context, trx, 'api-keys:edit')
      const permissions = choosePermissions(settings, held, body.permissions)
      await refuseManyKeys(settings, trx, organizationId, { isRotation: false })
      const { row, key } = await insertMachineKey(trx, mode, organizationId, {
        name: body.name,
        permissions,
        createdBy: userId,
        expiresInSeconds: body.expiresInDays ? body.expiresInDays * DAY_SECONDS : null,
      })
      await recordEvent(trx, organizationId, {
        ...byUser(context),
        action: 'api_key.created',
        target: { kind: 'api_key', id: row.id },
        data: { permissions, expiresAt: row.expires_at?.toISOString() ?? null },
      })
      return { ...toMachineKey(mode, row), key }
    })
  },
})
