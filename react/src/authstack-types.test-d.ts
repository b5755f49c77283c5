import { expectTypeOf, test } from 'vitest'
import type {
  AuthStackTypes,
  PermissionGateProps,
  PermissionName,
  RoleGateProps,
  RoleName,
  UsePermissions,
} from './index.ts'
import { requirePermission } from './server/index.ts'

// The other state, with the names of a project, is in ../test/augmented.

test('without the file of `authstack types` every name is a string', () => {
  expectTypeOf<keyof AuthStackTypes>().toEqualTypeOf<never>()
  expectTypeOf<PermissionName>().toEqualTypeOf<string>()
  expectTypeOf<RoleName>().toEqualTypeOf<string>()
  expectTypeOf<PermissionGateProps['permission']>().toEqualTypeOf<string | string[]>()
  expectTypeOf<RoleGateProps['role']>().toEqualTypeOf<string | string[]>()
  expectTypeOf(requirePermission).parameters.toEqualTypeOf<string[]>()
})

test('without it the checks of usePermissions take any string', () => {
  expectTypeOf<UsePermissions['hasPermission']>().toEqualTypeOf<(permission: string) => boolean>()
  expectTypeOf<UsePermissions['hasRole']>().toExtend<(role: string) => boolean>()
  expectTypeOf<UsePermissions['hasRole']>().toBeCallableWith('a role nobody has named')
  expectTypeOf<UsePermissions['hasAnyPermission']>().parameters.toEqualTypeOf<[string[]]>()
  expectTypeOf<UsePermissions['hasAllPermissions']>().parameters.toEqualTypeOf<[string[]]>()
})
