import type { Knex } from 'knex'
import { z } from 'zod'
import { roleRefShape } from '../roles/role-view.ts'
import { challengeOf } from './challenge.ts'

export const domainShape = z.object({
  id: z.uuid(),
  domain: z.string(),
  status: z.enum(['pending', 'verified']),
  /** What has to be in the DNS, and has to stay there. */
  record: z.object({ type: z.literal('TXT'), name: z.string(), value: z.string() }),
  autoJoin: z.boolean(),
  autoJoinRole: roleRefShape.nullable(),
  verifiedAt: z.string().nullable(),
  /** When a claim that is not verified ends; null for a verified one. */
  expiresAt: z.string().nullable(),
  createdAt: z.string(),
})

export interface DomainRow {
  id: string
  domain: string
  token: string
  status: 'pending' | 'verified'
  auto_join: boolean
  verified_at: Date | null
  expires_at: Date
  created_at: Date
  created_at_text: string
  role_id: string | null
  role_slug: string
  role_name: string
}

/** Domains of the organization with the role of those who join by them, the oldest first. */
export function domainRows(
  knex: Knex,
  organizationId: string,
  narrow: (domains: Knex.QueryBuilder) => void = () => {},
): Knex.QueryBuilder {
  return (
    knex('organization_domains as d')
      .leftJoin('roles as r', (join) =>
        join.on('r.tenant_id', 'd.tenant_id').andOn('r.id', 'd.auto_join_role_id'),
      )
      .where('d.tenant_id', organizationId)
      // A claim that has run out is gone; the sweeper only tidies up.
      .whereRaw(`(d.status = 'verified' or d.expires_at > now())`)
      .modify(narrow)
      .select('d.id', 'd.domain', 'd.token', 'd.status', 'd.auto_join', 'd.verified_at')
      .select('d.expires_at', 'd.created_at', knex.raw('d.created_at::text as created_at_text'))
      .select('r.id as role_id', 'r.slug as role_slug', 'r.name as role_name')
      .orderBy([{ column: 'd.created_at' }, { column: 'd.id' }])
  )
}

export function toDomain(row: DomainRow): z.input<typeof domainShape> {
  return {
    id: row.id,
    domain: row.domain,
    status: row.status,
    record: challengeOf(row),
    // Without a role (it was deleted) nobody is let in.
    autoJoin: row.auto_join && row.role_id !== null,
    autoJoinRole:
      row.role_id === null ? null : { id: row.role_id, slug: row.role_slug, name: row.role_name },
    verifiedAt: row.verified_at?.toISOString() ?? null,
    expiresAt: row.status === 'pending' ? row.expires_at.toISOString() : null,
    createdAt: row.created_at.toISOString(),
  }
}
