import { z } from 'zod'
import type { Settings } from '../settings.ts'
import { rolePermissions } from './expand-permissions.ts'
import { isBuiltIn } from './is-built-in.ts'

/** Columns of `roles` that answers are made of. */
export const roleColumns = ['id', 'slug', 'name', 'description', 'built_in', 'permissions'] as const

export interface RoleRow {
  id: string
  slug: string
  name: string
  description: string | null
  built_in: boolean
  permissions: string[] | null
}

export const roleShape = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  builtIn: z.boolean(),
  permissions: z.array(z.string()),
})

export const roleRefShape = z.object({ id: z.uuid(), slug: z.string(), name: z.string() })

export function toRole(settings: Settings, row: RoleRow): z.input<typeof roleShape> {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    description: row.description,
    builtIn: isBuiltIn(settings, row),
    permissions: rolePermissions(settings, row),
  }
}
