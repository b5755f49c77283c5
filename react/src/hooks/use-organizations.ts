import { useMemo } from 'react'
import type { AuthStackClient } from '../core/client.ts'
import {
  type CreateOrganizationData,
  createOrganization,
  deleteOrganization,
  leaveOrganization,
  type UpdateOrganizationData,
  updateOrganization,
} from '../core/organizations.ts'
import type { Organization, OrganizationRef } from '../core/types.ts'
import { useAuthStack } from './context.ts'
import { useSession } from './use-session.ts'

export interface UseOrganizations extends OrganizationActions {
  organizations: OrganizationRef[]
  isLoading: boolean
}

interface OrganizationActions {
  /** The creator becomes owner, and this tab switches to it. */
  create: (data: CreateOrganizationData) => Promise<Organization>
  update: (id: string, data: UpdateOrganizationData) => Promise<Organization>
  /** Needs a sign-in of the last ten minutes; else `step_up_required`. */
  delete: (id: string) => Promise<void>
  leave: (id: string) => Promise<void>
  /** The same as `create`. */
  createOrganization: (data: CreateOrganizationData) => Promise<Organization>
  /** The same as `delete`. */
  deleteOrganization: (id: string) => Promise<void>
}

/** The organizations of the signed-in person. */
export function useOrganizations(): UseOrganizations {
  const { client } = useAuthStack()
  const { organizations, status } = useSession()
  const actions = useMemo(() => actionsOf(client), [client])
  return { organizations, isLoading: status === 'loading', ...actions }
}

function actionsOf(client: AuthStackClient): OrganizationActions {
  const create = (data: CreateOrganizationData) =>
    client.run(() => createOrganization(client, data))
  const remove = (id: string) => client.run(() => deleteOrganization(client, id))
  return {
    create,
    update: (id, data) => client.run(() => updateOrganization(client, id, data)),
    delete: remove,
    leave: (id) => client.run(() => leaveOrganization(client, id)),
    createOrganization: create,
    deleteOrganization: remove,
  }
}
