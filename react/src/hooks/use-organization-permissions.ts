import type { Organization, Page } from '../core/types.ts'
import { useAuthStack } from './context.ts'
import { useResource } from './use-resource.ts'
import { useSession } from './use-session.ts'

/** Permissions in `orgId`; another than the current one is asked from the instance. */
export function useOrganizationPermissions(orgId?: string) {
  const { client } = useAuthStack()
  const { status, organization } = useSession()
  const isCurrent = !orgId || orgId === organization?.id
  const isForeign = !isCurrent && status === 'signed-in'
  const mine = isForeign
    ? client.resource('organizations', () => client.request<Page<Organization>>('organizations'))
    : null
  const { data, isLoading } = useResource(mine)
  if (isCurrent) {
    return { permissions: organization?.permissions ?? [], isLoading: status === 'loading' }
  }
  const found = data?.data.find((one) => one.id === orgId)
  return { permissions: found?.permissions ?? [], isLoading: isLoading || status === 'loading' }
}
