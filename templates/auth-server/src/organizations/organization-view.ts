import { z } from 'zod'
import type { Membership } from '../members/membership.ts'

export const organizationRefShape = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  role: z.string(),
  logoUrl: z.string().nullable(),
})

export const organizationShape = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  logoUrl: z.string().nullable(),
  /** `primaryColor` like "#4f46e5", or null for the instance's own. */
  branding: z.object({ primaryColor: z.string().nullable() }),
  /** `defaultRole`: slug of the role that people get where none is named. */
  settings: z.object({ defaultRole: z.string().nullable() }),
  plan: z.string(),
  createdAt: z.string(),
  role: z.string(),
  permissions: z.array(z.string()),
  /** Of a deleted organization: until when it can be brought back. Null for every other. */
  restorableUntil: z.string().nullable(),
})

/** What a person sees of an organization in a list of theirs; `role` is a slug. */
export function toOrganizationRef({ organization, role }: Membership) {
  const { id, slug, name, logoUrl } = organization
  return { id, slug, name, role: role.slug, logoUrl }
}

/** The organization as one member sees it. */
export function toOrganization(
  { organization, role, permissions }: Membership,
  restorableUntil: Date | null = null,
) {
  const { id, slug, name, logoUrl, branding, settings, plan, createdAt } = organization
  return {
    id,
    slug,
    name,
    logoUrl,
    branding,
    settings,
    plan,
    createdAt: createdAt.toISOString(),
    role: role.slug,
    permissions,
    restorableUntil: restorableUntil?.toISOString() ?? null,
  }
}
