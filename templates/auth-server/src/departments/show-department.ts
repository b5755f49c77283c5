import { Problem } from '../errors.ts'
import type { TenantContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { departmentParams } from './department-input.ts'
import {
  type DepartmentRow,
  departmentRows,
  departmentShape,
  toDepartment,
} from './department-view.ts'

export const showDepartment = defineAction<TenantContext>()({
  id: 'showDepartment',
  summary: 'Show a department',
  params: departmentParams,
  output: departmentShape,
  async run({ services, mode, organizationId }, { params }) {
    const [row] = await services.db.tenantRead<DepartmentRow>(mode, organizationId, (knex) =>
      departmentRows(knex, organizationId).where('d.id', params.departmentId),
    )
    if (!row) throw new Problem('not_found')
    return toDepartment(row)
  },
})
