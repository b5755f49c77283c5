import { type ReactNode, useEffect } from 'react'
import { useAuthStack } from '../hooks/context.ts'
import { useSession } from '../hooks/use-session.ts'

export interface TenantProviderProps {
  /** Id or slug, for apps that have the organization in the URL. It wins over what was used last. */
  organization?: string
  children: ReactNode
}

/** Keeps this tab in an organization: the one given, the last used one, else the first. */
export function TenantProvider({ organization: preferred, children }: TenantProviderProps) {
  const { client } = useAuthStack()
  const { status, organization, organizations } = useSession()
  const isLacking = status === 'signed-in' && organization === null && organizations.length > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs again when the tab lost its organization
  useEffect(() => {
    if (status === 'signed-in') void client.ensureOrganization(preferred).catch(() => {})
  }, [client, status, preferred, isLacking])
  return <>{children}</>
}
