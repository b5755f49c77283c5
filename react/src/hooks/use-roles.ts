import type { AuthStackError } from '../core/authstack-error.ts'
import { organizationResources } from '../core/members.ts'
import type { Role } from '../core/types.ts'
import { useAuthStack } from './context.ts'
import { useResource } from './use-resource.ts'
import { useSession } from './use-session.ts'

export interface UseRoles {
  roles: Role[]
  isLoading: boolean
  error: AuthStackError | null
}

/** The roles of the current organization. */
export function useRoles(): UseRoles {
  const { client } = useAuthStack()
  const { organization } = useSession()
  const resource = organization ? organizationResources(client, organization.id).roles : null
  const { data, isLoading, error } = useResource(resource)
  return { roles: data ?? [], isLoading, error }
}
