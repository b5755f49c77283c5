import { useCallback } from 'react'
import type { Organization, OrganizationRef } from '../core/types.ts'
import { useAuthStack } from './context.ts'
import { useSession } from './use-session.ts'

export interface UseTenant {
  currentOrganization: Organization | null
  organizations: OrganizationRef[]
  switchOrganization: (orgId: string) => Promise<void>
  /** True until the organization of this tab is known, and while it changes. */
  isLoading: boolean
}

/** The organization of this tab. Another tab may show another one. */
export function useTenant(): UseTenant {
  const { client } = useAuthStack()
  const { status, organization, organizations, isSwitching } = useSession()
  const switchOrganization = useCallback(
    async (orgId: string) => {
      await client.switchOrganization(orgId)
    },
    [client],
  )
  return {
    currentOrganization: organization,
    organizations,
    switchOrganization,
    isLoading: status === 'loading' || isSwitching,
  }
}
