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
  members: number
}

export function listOrganizations(operator: OperatorClient): Promise<List<OperatorOrganization>> {
  return operator.call({ method: 'GET', path: '/organizations' })
}

export function showOrganization(
  operator: OperatorClient,
  idOrSlug: string,
): Promise<OperatorOrganization> {
  const path = `/organizations/${encodeURIComponent(idOrSlug)}`
  return operator.call({ method: 'GET', path, subject: `organization "${idOrSlug}"` })
}
