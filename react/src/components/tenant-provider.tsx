import { type ReactNode, useEffect, useState } from 'react'
import { useAuthStack } from '../hooks/context.ts'
import { useSession } from '../hooks/use-session.ts'

export interface TenantProviderProps {
  /** Id or slug, for apps that have the organization in the URL. It wins over what was used last. */
  organization?: string
  children: ReactNode
}

const RETRY_MAX_MS = 60_000

/** Keeps this tab in an organization: the one given, the last used one, else the first. */
export function TenantProvider({ organization: preferred, children }: TenantProviderProps) {
  const { client } = useAuthStack()
  const { status, organization, organizations } = useSession()
  const isLacking = status === 'signed-in' && organization === null && organizations.length > 0
  const [failures, setFailures] = useState(0)
  useEffect(() => client.willChooseOrganization(), [client])
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs again when the tab lost its organization
  useEffect(() => {
    if (status !== 'signed-in') return
    let timer: ReturnType<typeof setTimeout> | undefined
    client.ensureOrganization(preferred).catch(() => {
      // The instance was away: a tab must not stay without an organization for that.
      const delay = Math.min(RETRY_MAX_MS, 2000 * 2 ** Math.min(failures, 5))
      timer = setTimeout(() => setFailures(failures + 1), delay)
    })
    return () => clearTimeout(timer)
  }, [client, status, preferred, isLacking, failures])
  return <>{children}</>
}
