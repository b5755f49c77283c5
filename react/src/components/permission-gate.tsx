import type { ReactNode } from 'react'
import type { PermissionName } from '../core/authstack-types.ts'
import { useOrganizationPermissions } from '../hooks/use-organization-permissions.ts'

export interface PermissionGateProps {
  permission: PermissionName | PermissionName[]
  /** With several: all of them, or (default) any. */
  requireAll?: boolean
  /** Default: the current organization. */
  orgId?: string
  fallback?: ReactNode
  children: ReactNode
}

/** Shows its children to those who may. It only draws: the server checks every call again. */
export function PermissionGate(props: PermissionGateProps) {
  const { permission, requireAll = false, orgId, fallback = null, children } = props
  const held = useOrganizationPermissions(orgId)
  const wanted = Array.isArray(permission) ? permission : [permission]
  // No permission named is a mistake, not a pass: closed by default.
  const isAllowed =
    wanted.length > 0 &&
    (requireAll
      ? wanted.every((name) => held.permissions.includes(name))
      : wanted.some((name) => held.permissions.includes(name)))
  if (held.isLoading) return null
  return <>{isAllowed ? children : fallback}</>
}
