import type { Settings } from '../project/settings-schema.ts'

/** Permissions that every instance has (kept in step with the server by the contract). */
export const builtInPermissions = [
  'organization:settings:view',
  'organization:settings:edit',
  'organization:delete',
  'members:view',
  'members:invite',
  'members:edit',
  'members:remove',
  'roles:view',
  'roles:edit',
  'billing:view',
  'billing:edit',
  'audit:view',
]

/**
 * TypeScript that makes a misspelt permission or role a compile error.
 */
export function renderTypes(settings: Pick<Settings, 'permissions' | 'roles' | 'project'>): string {
  const own = settings.permissions.map(({ name }) => name)
  const permissions = [...new Set([...builtInPermissions, ...own])].sort()
  const roles = [...new Set(['owner', ...Object.keys(settings.roles)])].sort()
  return `// Written by \`authstack types\` from the settings of ${settings.project}. Do not edit; run it again.

${union('Permission', permissions)}

${union('Role', roles)}

export const permissions = ${list(permissions)} as const satisfies readonly Permission[]

export const roles = ${list(roles)} as const satisfies readonly Role[]

/** A permission's name, checked when it compiles: permission('projects:create'). */
export function permission<const T extends Permission>(name: T): T {
  return name
}
`
}

function union(name: string, values: string[]): string {
  return `export type ${name} =\n${values.map((value) => `  | ${quote(value)}`).join('\n')}`
}

function list(values: string[]): string {
  return `[\n${values.map((value) => `  ${quote(value)},\n`).join('')}]`
}

function quote(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`
}
