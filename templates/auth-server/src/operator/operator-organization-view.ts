import { z } from 'zod'

export const operatorOrganizationShape = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  plan: z.string(),
  status: z.string(),
  issuer: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  members: z.number().int(),
})

/** A row of `definer.operator_organizations()`. */
export interface OperatorOrganizationRow {
  id: string
  slug: string
  name: string
  plan: string
  status: string
  issuer: string | null
  created_by: string | null
  created_at: Date
  members: string
}

export const ORGANIZATION_COLUMNS =
  'id, slug, name, plan, status, issuer, created_by, created_at, members'

export function toOperatorOrganization(
  row: OperatorOrganizationRow,
): z.input<typeof operatorOrganizationShape> {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    plan: row.plan,
    status: row.status,
    issuer: row.issuer,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    members: Number(row.members),
  }
}
