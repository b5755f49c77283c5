import type { Role } from '../core/types.ts'
import { usePermissions } from './use-permissions.ts'
import { useRoles } from './use-roles.ts'

/** The roles this person may give: nobody grants permissions they lack. The server checks again. */
export function useGrantableRoles(): Role[] {
  const { roles } = useRoles()
  const { permissions, isOwner } = usePermissions()
  return roles.filter(
    (role) =>
      (role.slug !== 'owner' || isOwner) &&
      role.permissions.every((name) => permissions.includes(name)),
  )
}
