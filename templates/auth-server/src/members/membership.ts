import { defaultRole } from '../organizations/default-role.ts'
import { rolePermissions } from '../roles/expand-permissions.ts'
import type { Settings } from '../settings.ts'

/** One person in one active organization. PostgreSQL's word; a token's claims are only a hint. */
export interface Membership {
  organization: {
    id: string
    slug: string
    name: string
    logoUrl: string | null
    branding: { primaryColor: string | null }
    settings: { defaultRole: string | null }
    plan: string
    issuer: string
    createdAt: Date
  }
  role: { id: string; slug: string; name: string }
  /** Full names, sorted. */
  permissions: string[]
}

/** A row of `definer.membership_now` and `definer.memberships_now`. */
export interface MembershipRow {
  organization_id: string
  slug: string
  name: string
  logo_url: string | null
  branding: { primaryColor?: string | null }
  settings: { defaultRole?: string | null }
  plan: string
  issuer: string
  created_at: Date
  role_id: string
  role_slug: string
  role_name: string
  permissions: string[] | null
}

/** The columns, by name, so that a later one does not leak out. */
export const membershipColumns = `organization_id, slug, name, logo_url, plan, issuer, created_at,
  role_id, role_slug, role_name, permissions, branding, settings`

export function toMembership(settings: Settings, row: MembershipRow): Membership {
  return {
    organization: {
      id: row.organization_id,
      slug: row.slug,
      name: row.name,
      logoUrl: row.logo_url,
      branding: { primaryColor: row.branding.primaryColor ?? null },
      settings: { defaultRole: defaultRole(settings, row.settings.defaultRole) },
      plan: row.plan,
      issuer: row.issuer,
      createdAt: row.created_at,
    },
    role: { id: row.role_id, slug: row.role_slug, name: row.role_name },
    permissions: rolePermissions(settings, { slug: row.role_slug, permissions: row.permissions }),
  }
}
