import { type AuthStackClient, addOrganization } from './client.ts'
import type { Organization } from './types.ts'

export interface CreateOrganizationData {
  name: string
  /** Default: made from the name by the instance. */
  slug?: string
  plan?: string
}

export interface UpdateOrganizationData {
  name?: string
  slug?: string
  logoUrl?: string | null
  branding?: { primaryColor: string | null }
  settings?: { defaultRole: string | null }
}

/** Creates an organization with the person as its owner, and makes it this tab's. */
export async function createOrganization(
  client: AuthStackClient,
  data: CreateOrganizationData,
): Promise<Organization> {
  const made = await client.request<Organization>('organizations', {
    method: 'POST',
    body: data,
    idempotencyKey: crypto.randomUUID(),
  })
  addOrganization(client, made)
  await client.switchOrganization(made.id)
  return made
}

export async function updateOrganization(
  client: AuthStackClient,
  id: string,
  data: UpdateOrganizationData,
): Promise<Organization> {
  const changed = await client.request<Organization>(`organizations/${id}`, {
    method: 'PATCH',
    body: data,
    organizationId: id,
  })
  addOrganization(client, changed)
  return changed
}

/**
 * Deletes an organization: nobody gets in any more, and its owners can bring it back for a while.
 *
 * @throws AuthStackError `step_up_required` when the sign-in is older than ten minutes: `login` again,
 *   then repeat. `permission_denied` without `organization:delete`.
 */
export async function deleteOrganization(client: AuthStackClient, id: string): Promise<void> {
  await client.request<void>(`organizations/${id}`, { method: 'DELETE', organizationId: id })
  await dropOrganization(client, id)
}

/** Ends the person's own membership. The last owner cannot (`last_owner`). */
export async function leaveOrganization(client: AuthStackClient, id: string): Promise<void> {
  await client.request<void>(`organizations/${id}/leave`, {
    method: 'POST',
    body: {},
    organizationId: id,
  })
  await dropOrganization(client, id)
}

async function dropOrganization(client: AuthStackClient, id: string): Promise<void> {
  const { organizations, organization } = client.session.getSnapshot()
  const rest = organizations.filter((one) => one.id !== id)
  const isCurrent = organization?.id === id
  client.session.update({
    organizations: rest,
    organization: isCurrent ? null : organization,
  })
  if (isCurrent) await client.forgetOrganization()
}
