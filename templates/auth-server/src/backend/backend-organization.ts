import { z } from 'zod'
import type { Mode } from '../db/mode.ts'
import { Problem } from '../errors.ts'
import type { Services } from '../services.ts'

/** An organization as the customer's backend sees it: as a whole, not as one member does. */
export const backendOrganizationShape = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  plan: z.string(),
  /** Suspended members among them. */
  memberCount: z.number().int(),
  createdAt: z.string(),
})

export interface BackendOrganizationRow {
  id: string
  slug: string
  name: string
  plan: string
  members: string
  created_at: Date
  created_at_text: string
}

export function toBackendOrganization(row: BackendOrganizationRow) {
  const { id, slug, name, plan } = row
  return {
    id,
    slug,
    name,
    plan,
    memberCount: Number(row.members),
    createdAt: row.created_at.toISOString(),
  }
}

/** An active one alone: what is being made or was deleted does not exist for a backend. @throws Problem `not_found` */
export async function findBackendOrganization(
  { db }: Pick<Services, 'db'>,
  mode: Mode,
  organizationId: string,
) {
  const [row] = await db.tenantRead<BackendOrganizationRow>(mode, organizationId, (knex) =>
    knex('organizations as o')
      .where({ 'o.tenant_id': organizationId, 'o.status': 'active' })
      .select('o.tenant_id as id', 'o.slug', 'o.name', 'o.plan', 'o.created_at')
      .select(knex.raw('o.created_at::text as created_at_text'))
      .select(
        knex.raw('(select count(*) from memberships m where m.tenant_id = o.tenant_id) as members'),
      ),
  )
  if (!row) throw new Problem('not_found')
  return toBackendOrganization(row)
}
