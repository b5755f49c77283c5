import { byUser, recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { findMember } from '../members/find-member.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { departmentMemberParams } from './department-input.ts'
import { findDepartment } from './find-department.ts'

/** Puts a member of the organization into a department; who is in it already stays. */
export const addDepartmentMember = defineAction<MemberContext>()({
  id: 'addDepartmentMember',
  summary: 'Put a member into a department',
  params: departmentMemberParams,
  output: null,
  async run(context, { params }) {
    const { services, mode, organizationId } = context
    const { departmentId, userId } = params
    await services.db.tenantTransaction(mode, organizationId, async (trx) => {
      await lockOrganization(trx, organizationId)
      await findDepartment(trx, organizationId, departmentId)
      if (!(await findMember(trx, organizationId, userId))) throw new Problem('not_found')
      const added = await trx('department_members')
        .insert({ tenant_id: organizationId, department_id: departmentId, user_id: userId })
        .onConflict(['tenant_id', 'department_id', 'user_id'])
        .ignore()
        .returning('user_id')
      if (added.length === 0) return
      await recordEvent(trx, organizationId, {
        ...byUser(context),
        action: 'department.member_added',
        target: { kind: 'user', id: userId },
        data: { departmentId },
      })
    })
  },
})
