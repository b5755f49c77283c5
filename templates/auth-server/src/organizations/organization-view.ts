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
  plan: z.string(),
  createdAt: z.string(),
  role: z.string(),
  permissions: z.array(z.string()),
})

/** What a person sees of an organization in a list of theirs; `role` is a slug. */
export function toOrganizationRef({ organization, role }: Membership) {
  const { id, slug, name, logoUrl } = organization
  return { id, slug, name, role: role.slug, logoUrl }
}

/** The organization as one member sees it. */
export function toOrganization({ organization, role, permissions }: Membership) {
  const { id, slug, name, logoUrl, plan, createdAt } = organization
  return {
    id,
    slug,
    name,
    logoUrl,
    plan,
    createdAt: createdAt.toISOString(),
    role: role.slug,
    permissions,
  }
}
