import { byUser, recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { departmentMemberParams } from './department-input.ts'

/** Takes a member out of a department; they stay in the organization. */
export const removeDepartmentMember = defineAction<MemberContext>()({
  id: 'removeDepartmentMember',
  summary: 'Take a member out of a department',
  params: departmentMemberParams,
  output: null,
  async run(context, { params }) {
    const { services, mode, organizationId } = context
    const { departmentId, userId } = params
    await services.db.tenantTransaction(mode, organizationId, async (trx) => {
      await lockOrganization(trx, organizationId)
      const removed = await trx('department_members')
        .where({ tenant_id: organizationId, department_id: departmentId, user_id: userId })
        .delete()
      if (removed === 0) throw new Problem('not_found')
      await recordEvent(trx, organizationId, {
        ...byUser(context),
        action: 'department.member_removed',
        target: { kind: 'user', id: userId },
        data: { departmentId },
      })
    })
  },
})
