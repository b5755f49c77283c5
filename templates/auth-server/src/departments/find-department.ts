import type { Knex } from 'knex'
import { Problem } from '../errors.ts'
import { type DepartmentRow, departmentRows } from './department-view.ts'

/** One department of the organization. @throws Problem `not_found` */
export async function findDepartment(
  trx: Knex.Transaction,
  organizationId: string,
  departmentId: string,
): Promise<DepartmentRow> {
  const row: DepartmentRow | undefined = await departmentRows(trx, organizationId)
    .where('d.id', departmentId)
    .first()
  if (!row) throw new Problem('not_found')
  return row
}
