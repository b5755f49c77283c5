import type { OperatorClient } from '../operator/operator-client.ts'

/** A line of a trail as the operator routes show it. */
export type AuditEvent = {
  id: string
  seq: number | null
  action: string
  actor: { kind: string; id: string | null }
  target: { kind: string; id: string } | null
  ip: string | null
  userAgent: string | null
  data: Record<string, unknown>
  createdAt: string
}

export type TrailName = { id: string; organization: { slug: string; name: string } | null }

export type SignedHead = { seq: number; hash: string; signature: string }

export type Trail = TrailName & {
  head: SignedHead | null
  checkpoint: (SignedHead & { cutBefore: string }) | null
  retentionDays: number
}

export type Trails = { publicKey: string; data: Trail[] }

/** One place in a chain, with what is needed to check it. Hashes are hex, bytes base64. */
export type ExportedLink = {
  seq: number
  previousHash: string
  hash: string
  sealedHash: string | null
  sealed: string | null
  signature: string | null
  chainedAt: string
  event: ExportedEvent | null
  personal: Record<string, unknown> | null
}

export type ExportedEvent = {
  id: string
  action: string
  actorKind: string
  actorId: string | null
  targetKind: string | null
  targetId: string | null
  requestId: string | null
  data: unknown
  createdAt: string
}

export type ExportPage = {
  mode: 'live' | 'test'
  trail: TrailName
  publicKey: string
  checkpoint: (SignedHead & { cutBefore: string }) | null
  data: ExportedLink[]
  hasMore: boolean
}

export type Verification = {
  trail: TrailName
  isWhole: boolean
  checked: number
  head: { seq: number; hash: string } | null
  faults: { kind: string; seq: number | null; eventId: string | null; message: string }[]
}

export type EventFilters = {
  organization?: string
  action?: string
  actor?: string
  from?: string
  to?: string
  limit?: string
}

const subjectOf = (organization: string | undefined) =>
  organization === undefined ? undefined : `trail of an organization "${organization}"`

export function listEvents(
  operator: OperatorClient,
  query: EventFilters,
): Promise<{ data: AuditEvent[]; page: { nextCursor: string | null; hasMore: boolean } }> {
  const subject = subjectOf(query.organization)
  return operator.call({ method: 'GET', path: '/audit/events', query, subject })
}

export function listTrails(operator: OperatorClient): Promise<Trails> {
  return operator.call({ method: 'GET', path: '/audit/trails' })
}

export function verifyTrail(
  operator: OperatorClient,
  organization: string | undefined,
): Promise<Verification> {
  const subject = subjectOf(organization)
  return operator.call({ method: 'GET', path: '/audit/verify', query: { organization }, subject })
}

export function exportPage(
  operator: OperatorClient,
  query: { organization?: string; after: number; limit?: number },
): Promise<ExportPage> {
  const { organization, after, limit = 500 } = query
  return operator.call({
    method: 'GET',
    path: '/audit/export',
    query: { organization, after: String(after), limit: String(limit) },
    subject: subjectOf(organization),
  })
}

/** How people read which trail it is. */
export function nameOf({ id, organization }: TrailName): string {
  if (organization) return organization.slug
  return /^[0-]+$/.test(id) ? 'operators' : `${id} (gone)`
}
