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
  /** Of a deleted one: when, by whom (null: by itself, being idle), and until when it can be restored. */
  deletedAt: z.string().nullable(),
  deletedBy: z.string().nullable(),
  restorableUntil: z.string().nullable(),
  members: z.number().int(),
})

/** A row of `ORGANIZATIONS`. */
export interface OperatorOrganizationRow {
  id: string
  slug: string
  name: string
  plan: string
  status: string
  issuer: string | null
  created_by: string | null
  created_at: Date
  deleted_at: Date | null
  deleted_by: string | null
  purge_after: Date | null
  members: string
}

export const ORGANIZATION_COLUMNS = `o.id, o.slug, o.name, o.plan, o.status, o.issuer, o.created_by,
  o.created_at, o.members, d.deleted_at, d.deleted_by, d.purge_after`

/** Where they come from: `o` every organization, `d` what is known of its deletion. */
export const ORGANIZATIONS = `definer.operator_organizations() o
  left join definer.operator_deletions() d on d.organization_id = o.id`

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
    deletedAt: row.deleted_at?.toISOString() ?? null,
    deletedBy: row.deleted_by,
    restorableUntil: row.purge_after?.toISOString() ?? null,
    members: Number(row.members),
  }
}
