import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { nameInput } from '../organizations/name-input.ts'
import { limitReached } from '../subscriptions/limit-reached.ts'
import { refuseOverLimit } from '../subscriptions/refuse-over-limit.ts'
import { countDepartments } from './count-departments.ts'
import { departmentsMax } from './department-input.ts'
import { departmentShape, toDepartment } from './department-view.ts'
import { findDepartment } from './find-department.ts'
import { refuseBadPlace } from './place-department.ts'

/** Makes a department, at the top or inside another. */
export const createDepartment = defineAction<MemberContext>()({
  id: 'createDepartment',
  summary: 'Make a department',
  problems: ['conflict', 'limit_reached'],
  params: z.object({ orgId: z.uuid() }),
  body: z.strictObject({ name: nameInput, parentId: z.uuid().nullable().optional() }),
  status: 201,
  output: departmentShape,
  idempotent: true,
  async run(context, { body }) {
    const { services, mode, organizationId } = context
    const { name, parentId = null } = body
    return services.db.tenantTransaction(mode, organizationId, async (trx) => {
      await lockOrganization(trx, organizationId)
      const taken = await countDepartments(trx, organizationId)
      if (taken >= departmentsMax) {
        throw limitReached('departments', departmentsMax, `At most ${departmentsMax} departments.`)
      }
      await refuseOverLimit(services.settings, trx, organizationId, 'departments', taken)
      await refuseBadPlace(trx, organizationId, { id: null, name, parentId, pointer: '/parentId' })
      const [row] = await trx('departments')
        .insert({ tenant_id: organizationId, name, parent_id: parentId })
        .returning('id')
      await recordEvent(trx, organizationId, {
        ...byUser(context),
        action: 'department.created',
        target: { kind: 'department', id: row.id },
        data: { parentId },
      })
      return toDepartment(await findDepartment(trx, organizationId, row.id))
    })
  },
})
