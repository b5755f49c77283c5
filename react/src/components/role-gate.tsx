import type { ReactNode } from 'react'
import type { RoleName } from '../core/authstack-types.ts'
import { usePermissions } from '../hooks/use-permissions.ts'
import { useTenant } from '../hooks/use-tenant.ts'

export interface RoleGateProps {
  /** Slug, or several of which one is enough. */
  role: RoleName | RoleName[]
  fallback?: ReactNode
  children: ReactNode
}

/** Shows its children to people with the role in the current organization. It only draws. */
export function RoleGate({ role, fallback = null, children }: RoleGateProps) {
  const { hasRole } = usePermissions()
  const { currentOrganization, isLoading } = useTenant()
  if (isLoading && !currentOrganization) return null
  const isAllowed = (Array.isArray(role) ? role : [role]).some(hasRole)
  return <>{isAllowed ? children : fallback}</>
}
