import { expectTypeOf, test } from 'vitest'
import {
  PermissionGate,
  type PermissionGateProps,
  type PermissionName,
  type Role,
  RoleGate,
  type RoleName,
  usePermissions,
} from '../../src/index.ts'
import { requirePermission } from '../../src/server/index.ts'

// What a file of `authstack types` does to an app. A program of its own: it changes every other file.
declare module '../../src/index.ts' {
  interface AuthStackTypes {
    permission:
      | 'projects:create'
      | 'projects:view'
      | 'members:invite'
      | 'members:edit'
      | 'members:remove'
    role: 'owner' | 'admin' | 'billing-admin'
  }
}

test('the names are those of the project', () => {
  expectTypeOf<RoleName>().toEqualTypeOf<'owner' | 'admin' | 'billing-admin'>()
  expectTypeOf<PermissionName>().not.toEqualTypeOf<string>()
  expectTypeOf<PermissionGateProps['permission']>().toEqualTypeOf<
    PermissionName | PermissionName[]
  >()
})

test('a misspelt permission or role does not compile', () => {
  const { hasPermission, hasAnyPermission, hasAllPermissions, hasRole } = usePermissions()
  const right = [
    <PermissionGate key="1" permission="projects:create">
      yes
    </PermissionGate>,
    <PermissionGate key="2" permission={['projects:create', 'projects:view']}>
      yes
    </PermissionGate>,
    <RoleGate key="3" role={['owner', 'billing-admin']}>
      yes
    </RoleGate>,
    hasPermission('projects:view'),
    hasAnyPermission(['projects:view']),
    hasAllPermissions(['projects:view', 'members:invite']),
    hasRole('admin'),
    requirePermission('projects:view', 'projects:create'),
  ]
  const wrong = [
    // @ts-expect-error misspelt
    <PermissionGate key="1" permission="projcts:create">
      no
    </PermissionGate>,
    // @ts-expect-error one of two is misspelt
    <PermissionGate key="2" permission={['projects:create', 'projects:veiw']}>
      no
    </PermissionGate>,
    // @ts-expect-error misspelt
    <RoleGate key="3" role={['admn']}>
      no
    </RoleGate>,
    // @ts-expect-error misspelt
    hasPermission('projects:veiw'),
    // @ts-expect-error misspelt
    hasAnyPermission(['projects:veiw']),
    // @ts-expect-error misspelt
    hasAllPermissions(['projects:view', 'members:invit']),
    // @ts-expect-error misspelt
    hasRole('admn'),
    // @ts-expect-error misspelt
    requirePermission('projects:view', 'projects:craete'),
  ]
  expectTypeOf(right).toBeArray()
  expectTypeOf(wrong).toBeArray()
})

test('hasRole takes a slug in any case, and what is known at run time only', () => {
  const { hasRole } = usePermissions()
  const ofTheOrganization = {} as Role
  expectTypeOf(hasRole('Owner')).toBeBoolean()
  expectTypeOf(hasRole(ofTheOrganization.slug)).toBeBoolean()
  // @ts-expect-error one of the two it may be is misspelt
  hasRole(ofTheOrganization.builtIn ? 'owner' : 'admn')
})
