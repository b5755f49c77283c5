import { useMemo } from 'react'
import type { PermissionName, RoleInput } from '../core/authstack-types.ts'
import { useSession } from './use-session.ts'

export interface UsePermissions {
  permissions: string[]
  /** Slugs. */
  roles: string[]
  hasPermission: (permission: PermissionName) => boolean
  /** Compares slugs, case-insensitively. */
  hasRole: <Given extends string>(role: RoleInput<Given>) => boolean
  hasAnyPermission: (permissions: PermissionName[]) => boolean
  hasAllPermissions: (permissions: PermissionName[]) => boolean
  isOwner: boolean
  /** True for owners too: they may do all that an admin may. */
  isAdmin: boolean
}

/** What the person may do in the current organization. For drawing only: the server decides. */
export function usePermissions(): UsePermissions {
  const { organization } = useSession()
  return useMemo(() => {
    const permissions = organization?.permissions ?? []
    const roles = organization ? [organization.role] : []
    const held = new Set(permissions)
    const hasRole = (role: string) => roles.includes(role.toLowerCase())
    return {
      permissions,
      roles,
      hasPermission: (permission) => held.has(permission),
      hasRole,
      hasAnyPermission: (names) => names.some((name) => held.has(name)),
      hasAllPermissions: (names) => names.every((name) => held.has(name)),
      isOwner: hasRole('owner'),
      isAdmin: hasRole('admin') || hasRole('owner'),
    }
  }, [organization])
}
