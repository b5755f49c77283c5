import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { nameInput } from '../organizations/name-input.ts'
import { departmentParams } from './department-input.ts'
import { departmentShape, toDepartment } from './department-view.ts'
import { findDepartment } from './find-department.ts'
import { refuseBadPlace } from './place-department.ts'

/** Renames a department, or moves it with all that is below it. `parentId: null` moves it to the top. */
export const updateDepartment = defineAction<MemberContext>()({
  id: 'updateDepartment',
  summary: 'Rename or move a department',
  problems: ['conflict'],
  params: departmentParams,
  body: z
    .strictObject({ name: nameInput.optional(), parentId: z.uuid().nullable().optional() })
    .refine((change) => Object.keys(change).length > 0, 'Nothing to change'),
  output: departmentShape,
  async run(context, { params, body }) {
    const { services, mode, organizationId } = context
    const { departmentId: id } = params
    return services.db.tenantTransaction(mode, organizationId, async (trx) => {
      await lockOrganization(trx, organizationId)
      const before = await findDepartment(trx, organizationId, id)
      const name = body.name ?? before.name
      const parentId = body.parentId === undefined ? before.parent_id : body.parentId
      await refuseBadPlace(trx, organizationId, { id, name, parentId, pointer: '/parentId' })
      await trx('departments')
        .where({ tenant_id: organizationId, id })
        .update({ name, parent_id: parentId })
      await recordEvent(trx, organizationId, {
        ...byUser(context),
        action: 'department.updated',
        target: { kind: 'department', id },
        data: { isRenamed: name !== before.name, from: before.parent_id, to: parentId },
      })
      return toDepartment(await findDepartment(trx, organizationId, id))
    })
  },
})
