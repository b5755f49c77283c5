import type { List } from '../keys/keys.ts'
import type { OperatorClient } from '../operator/operator-client.ts'

/** An organization as the operator routes show it. */
export type OperatorOrganization = {
  id: string
  slug: string
  name: string
  plan: string | null
  createdAt: string
  status?: string
  members?: number | { userId: string; email: string; role: { slug: string } | string }[]
  memberCount?: number
}

export function listOrganizations(
  operator: OperatorClient,
  query: { query?: string; after?: string },
): Promise<List<OperatorOrganization>> {
  return operator.call({ method: 'GET', path: '/organizations', query })
}

export function showOrganization(
  operator: OperatorClient,
  idOrSlug: string,
): Promise<OperatorOrganization> {
  return operator.call({ method: 'GET', path: `/organizations/${encodeURIComponent(idOrSlug)}` })
}

export function memberCount(organization: OperatorOrganization): number | null {
  const { members } = organization
  if (Array.isArray(members)) return members.length
  return organization.memberCount ?? members ?? null
}
