import type { Knex } from 'knex'
import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { departmentParams } from './department-input.ts'
import { findDepartment } from './find-department.ts'
import { refuseBadPlace } from './place-department.ts'

/**
 * Deletes a department. What is in it does not go with it by accident: while it holds departments or
 * members, the caller says where they go.
 */
export const deleteDepartment = defineAction<MemberContext>()({
  id: 'deleteDepartment',
  summary: 'Delete a department',
  problems: ['conflict'],
  params: departmentParams,
  query: z.strictObject({ moveTo: z.uuid().optional() }),
  output: null,
  async run(context, { params, query }) {
    const { services, mode, organizationId } = context
    const { departmentId: id } = params
    await services.db.tenantTransaction(mode, organizationId, async (trx) => {
      await lockOrganization(trx, organizationId)
      const department = await findDepartment(trx, organizationId, id)
      const children: { id: string; name: string }[] = await trx('departments')
        .where({ tenant_id: organizationId, parent_id: id })
        .select('id', 'name')
      const isEmpty = children.length === 0 && department.members_count === '0'
      if (query.moveTo) await moveOut(trx, organizationId, id, children, query.moveTo)
      else if (!isEmpty) {
        throw new Problem('conflict', {
          detail: `It holds ${children.length} departments and ${department.members_count} members. Say where they go: ?moveTo=.`,
          errors: [
            { pointer: '/query/moveTo', message: 'Name a department', code: 'department_in_use' },
          ],
        })
      }
      await trx('departments').where({ tenant_id: organizationId, id }).delete()
      await recordEvent(trx, organizationId, {
        ...byUser(context),
        action: 'department.deleted',
        target: { kind: 'department', id },
        data: { movedTo: query.moveTo ?? null },
      })
    })
  },
})

async function moveOut(
  trx: Knex.Transaction,
  organizationId: string,
  id: string,
  children: { id: string; name: string }[],
  moveTo: string,
): Promise<void> {
  const pointer = '/query/moveTo'
  // The department itself may not go there: below itself, or nowhere.
  await refuseBadPlace(trx, organizationId, { id, name: id, parentId: moveTo, pointer })
  for (const child of children) {
    await refuseBadPlace(trx, organizationId, { ...child, parentId: moveTo, pointer })
    await trx('departments')
      .where({ tenant_id: organizationId, id: child.id })
      .update({ parent_id: moveTo })
  }
  await trx.raw(
    `insert into department_members (tenant_id, department_id, user_id)
       select tenant_id, :moveTo, user_id from department_members
       where tenant_id = :organizationId and department_id = :id
       on conflict do nothing`,
    { moveTo, organizationId, id },
  )
}
