import type { Knex } from 'knex'
import { z } from 'zod'

export const departmentShape = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The department that it is part of; null at the top. */
  parentId: z.uuid().nullable(),
  /** Members of it alone, without the departments below. */
  membersCount: z.number().int(),
  createdAt: z.string(),
})

export interface DepartmentRow {
  id: string
  name: string
  parent_id: string | null
  members_count: string
  created_at: Date
  created_at_text: string
}

/** Departments of the organization in the order of their making. */
export function departmentRows(knex: Knex, organizationId: string): Knex.QueryBuilder {
  return knex('departments as d')
    .where('d.tenant_id', organizationId)
    .select('d.id', 'd.name', 'd.parent_id', 'd.created_at')
    .select(knex.raw('d.created_at::text as created_at_text'))
    .select(
      knex.raw(
        `(select count(*) from department_members m
          where m.tenant_id = d.tenant_id and m.department_id = d.id) as members_count`,
      ),
    )
    .orderBy([{ column: 'd.created_at' }, { column: 'd.id' }])
}

export function toDepartment(row: DepartmentRow): z.input<typeof departmentShape> {
  return {
    id: row.id,
    name: row.name,
    parentId: row.parent_id,
    membersCount: Number(row.members_count),
    createdAt: row.created_at.toISOString(),
  }
}
