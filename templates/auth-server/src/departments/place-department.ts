import type { Knex } from 'knex'
import { Problem } from '../errors.ts'

/** Levels from the top to the deepest department. */
export const depthMax = 10

interface Place {
  /** The department that is moved; null for a new one. */
  id: string | null
  name: string
  parentId: string | null
  /** Where the request named the parent. */
  pointer: string
}

/**
 * Throws unless a department may stand there: the parent exists and is not below it, the tree stays
 * within its depth, and no sibling has its name. The caller holds the organization's lock, so two
 * moves at once cannot make a circle of which each sees only a half.
 */
export async function refuseBadPlace(
  trx: Knex.Transaction,
  organizationId: string,
  { id, name, parentId, pointer }: Place,
): Promise<void> {
  const rows: { id: string; parent_id: string | null; name: string }[] = await trx('departments')
    .where('tenant_id', organizationId)
    .select('id', 'parent_id', 'name')
  const parentOf = new Map(rows.map((row) => [row.id, row.parent_id]))
  if (parentId !== null && !parentOf.has(parentId)) {
    throw new Problem('invalid_request', {
      detail: 'There is no such department.',
      errors: [{ pointer, message: 'There is no such department', code: 'unknown_department' }],
    })
  }
  const above = chainOf(parentOf, parentId)
  if (id !== null && above.includes(id)) {
    throw new Problem('conflict', {
      detail: 'A department cannot be part of itself.',
      errors: [{ pointer, message: 'Is below this department', code: 'department_cycle' }],
    })
  }
  if (above.length + heightOf(rows, parentOf, id) > depthMax) {
    throw new Problem('conflict', {
      detail: `Departments are nested at most ${depthMax} deep.`,
      errors: [{ pointer, message: 'Too deep', code: 'department_too_deep' }],
    })
  }
  const hasTwin = rows.some(
    (row) =>
      row.id !== id && row.parent_id === parentId && row.name.toLowerCase() === name.toLowerCase(),
  )
  if (hasTwin) {
    throw new Problem('conflict', {
      detail: 'There is a department of this name already.',
      errors: [{ pointer: '/name', message: 'Is taken', code: 'department_taken' }],
    })
  }
}

/** The department and all above it. */
function chainOf(parentOf: Map<string, string | null>, id: string | null): string[] {
  const chain: string[] = []
  for (let at = id; at !== null; at = parentOf.get(at) ?? null) chain.push(at)
  return chain
}

/** Levels from the department down to the deepest below it; 1 when it has none or is new. */
function heightOf(
  rows: { id: string }[],
  parentOf: Map<string, string | null>,
  id: string | null,
): number {
  if (id === null) return 1
  const depths = rows.map((row) => chainOf(parentOf, row.id).indexOf(id) + 1)
  return Math.max(...depths)
}
