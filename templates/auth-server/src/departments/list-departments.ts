import { z } from 'zod'
import { cursorTime } from '../db/moment.ts'
import { decodeCursor, pageQuery, pageShape, toPage } from '../db/page.ts'
import type { TenantContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import {
  type DepartmentRow,
  departmentRows,
  departmentShape,
  toDepartment,
} from './department-view.ts'

/** All departments as a flat list; `parentId` makes the tree. */
export const listDepartments = defineAction<TenantContext>()({
  id: 'listDepartments',
  summary: 'List the departments',
  params: z.object({ orgId: z.uuid() }),
  query: pageQuery,
  output: pageShape(departmentShape),
  async run({ services, mode, organizationId }, { query }) {
    const after = query.after ? decodeCursor(query.after, [cursorTime, z.uuid()]) : null
    const rows = await services.db.tenantRead<DepartmentRow>(mode, organizationId, (knex) => {
      const departments = departmentRows(knex, organizationId).limit(query.limit + 1)
      if (after) departments.whereRaw('(d.created_at, d.id) > (?::timestamptz, ?::uuid)', after)
      return departments
    })
    return toPage(rows, query.limit, (row) => [row.created_at_text, row.id], toDepartment)
  },
})
