import type { List } from '../keys/keys.ts'
import type { OperatorClient } from '../operator/operator-client.ts'
import type { Entitlements } from './parse-entitlements.ts'

/** An organization as the operator routes list it. */
export type OperatorOrganization = {
  id: string
  slug: string
  name: string
  plan: string | null
  createdAt: string
  status?: string
  members: number
  /** Of a deleted one: when, and until when it can be brought back. */
  deletedAt?: string | null
  restorableUntil?: string | null
}

/** One organization, with what it may do, why, and how much of it is used. */
export type OrganizationDetails = OperatorOrganization & {
  subscriptionStatus: string
  paidUntil: string | null
  /** Wished for and not paid yet. */
  pendingPlan: string | null
  /** null: no limit. */
  limits: Record<string, number | null>
  features: string[]
  usage: Record<string, number>
  /** What operators set beside the plan. */
  overrides: {
    plan: string | null
    limits: Record<string, number | null>
    features: Record<string, boolean>
  }
}

export function listOrganizations(
  operator: OperatorClient,
  status?: 'deleted',
): Promise<List<OperatorOrganization>> {
  return operator.call({ method: 'GET', path: '/organizations', query: { status } })
}

/** Brings a deleted one back, within its grace. */
export function restoreOrganization(
  operator: OperatorClient,
  idOrSlug: string,
): Promise<OperatorOrganization> {
  const { path, subject } = at(idOrSlug)
  return operator.call({
    method: 'POST',
    path: `${path}/restore`,
    subject: `deleted ${subject} that can still be brought back`,
  })
}

export function showOrganization(
  operator: OperatorClient,
  idOrSlug: string,
): Promise<OrganizationDetails> {
  return operator.call({ method: 'GET', ...at(idOrSlug) })
}

/** Changes what is named and leaves the rest as it is. */
export function setOrganization(
  operator: OperatorClient,
  idOrSlug: string,
  body: Entitlements,
): Promise<OrganizationDetails> {
  return operator.call({ method: 'PATCH', body, ...at(idOrSlug) })
}

function at(idOrSlug: string) {
  const path = `/organizations/${encodeURIComponent(idOrSlug)}`
  return { path, subject: `organization "${idOrSlug}"` }
}
