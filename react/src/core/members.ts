import type { AuthStackClient } from './client.ts'
import type { Invitation, Member, Page, Role } from './types.ts'

/** Lists read at most this many pages of 100: a component is no export. */
const PAGES_MAX = 10

/** The shared readings of one organization. */
export function organizationResources(client: AuthStackClient, organizationId: string) {
  const read = <T>(name: string) =>
    client.resource(`${organizationId}/${name}`, () => readAll<T>(client, organizationId, name))
  return {
    members: read<Member>('members'),
    invitations: read<Invitation>('invitations'),
    roles: read<Role>('roles'),
  }
}

async function readAll<T>(
  client: AuthStackClient,
  organizationId: string,
  name: string,
): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  for (let page = 0; page < PAGES_MAX; page++) {
    const query = new URLSearchParams(name === 'members' ? { limit: '100' } : {})
    if (cursor) query.set('after', cursor)
    const path = `organizations/${organizationId}/${name}${query.size ? `?${query}` : ''}`
    const answer: Page<T> = await client.request<Page<T>>(path, { organizationId })
    items.push(...answer.data)
    if (!answer.page?.hasMore || !answer.page.nextCursor) break
    cursor = answer.page.nextCursor
  }
  return items
}

export async function inviteMember(
  client: AuthStackClient,
  organizationId: string,
  email: string,
  role: string,
): Promise<void> {
  await client.request<Invitation>(`organizations/${organizationId}/invitations`, {
    method: 'POST',
    body: { email, role },
    organizationId,
    idempotencyKey: crypto.randomUUID(),
  })
  await organizationResources(client, organizationId).invitations.reload()
}

export async function changeInvitation(
  client: AuthStackClient,
  organizationId: string,
  invitationId: string,
  change: 'cancel' | 'resend',
): Promise<void> {
  const path = `organizations/${organizationId}/invitations/${invitationId}`
  if (change === 'cancel') await client.request<void>(path, { method: 'DELETE', organizationId })
  else await client.request(`${path}/resend`, { method: 'POST', body: {}, organizationId })
  await organizationResources(client, organizationId).invitations.reload()
}

export async function removeMember(
  client: AuthStackClient,
  organizationId: string,
  userId: string,
): Promise<void> {
  const path = `organizations/${organizationId}/members/${userId}`
  await client.request<void>(path, { method: 'DELETE', organizationId })
  await organizationResources(client, organizationId).members.reload()
}

export async function updateMemberRole(
  client: AuthStackClient,
  organizationId: string,
  userId: string,
  role: string,
): Promise<void> {
  const path = `organizations/${organizationId}/members/${userId}`
  await client.request<Member>(path, { method: 'PATCH', body: { role }, organizationId })
  await organizationResources(client, organizationId).members.reload()
}
