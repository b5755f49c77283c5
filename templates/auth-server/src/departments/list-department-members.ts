import { z } from 'zod'
import { cursorTime } from '../db/moment.ts'
import { decodeCursor, pageQuery, pageShape, toPage } from '../db/page.ts'
import { Problem } from '../errors.ts'
import type { TenantContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { type MemberRow, memberRows, memberShape, toMember } from '../members/member-view.ts'
import { departmentParams } from './department-input.ts'
import { type DepartmentRow, departmentRows } from './department-view.ts'

/** Members of one department, without the departments below it. */
export const listDepartmentMembers = defineAction<TenantContext>()({
  id: 'listDepartmentMembers',
  summary: 'List the members of a department',
  problems: ['permission_denied'],
  params: departmentParams,
  query: pageQuery,
  output: pageShape(memberShape),
  async run(context, { params, query }) {
    const { services, mode, organizationId } = context
    const { departmentId } = params
    // Names and addresses of people: seeing the teams alone does not open them.
    if (!context.permissions.includes('members:view')) {
      throw new Problem('permission_denied', {
        detail: 'This needs the permission "members:view".',
        extra: { permission: 'members:view' },
      })
    }
    const after = query.after ? decodeCursor(query.after, [cursorTime, z.uuid()]) : null
    const { db } = services
    const [department] = await db.tenantRead<DepartmentRow>(mode, organizationId, (knex) =>
      departmentRows(knex, organizationId).where('d.id', departmentId),
    )
    if (!department) throw new Problem('not_found')
    const rows = await db.tenantRead<MemberRow>(mode, organizationId, (knex) =>
      memberRows(knex, organizationId, (memberships) => {
        memberships
          .limit(query.limit + 1)
          .whereRaw(
            'm.user_id in (select user_id from department_members where tenant_id = ? and department_id = ?)',
            [organizationId, departmentId],
          )
        if (after)
          memberships.whereRaw('(m.joined_at, m.user_id) > (?::timestamptz, ?::uuid)', after)
      }),
    )
    return toPage(rows, query.limit, (row) => [row.joined_at_text, row.user_id], toMember)
  },
})
