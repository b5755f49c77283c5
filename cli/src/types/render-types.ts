import type { Names } from './list-names.ts'

/**
 * TypeScript that makes a misspelt permission or role a compile error, in the app's own code by its
 * types and in the props and checks of @authstack/react by adding to that package's AuthStackTypes.
 */
export function renderTypes(project: string, { permissions, roles }: Names): string {
  // In the block below a name means @authstack/react's own export first, and that has a Role too:
  // hence `typeof roles` there. Without the package (a backend) TypeScript would refuse the block.
  return `// Written by \`authstack types\` from the settings of ${project}. Do not edit; run it again.
/* eslint-disable */
// biome-ignore-all lint: written by a program

${union('Permission', permissions)}

${union('Role', roles)}

export const permissions = ${list(permissions)} as const satisfies readonly Permission[]

export const roles = ${list(roles)} as const satisfies readonly Role[]

/** A permission's name, checked when it compiles: permission('projects:create'). */
export function permission<const T extends Permission>(name: T): T {
  return name
}

// @ts-ignore where @authstack/react is not installed, all above still holds
declare module '@authstack/react' {
  interface AuthStackTypes {
    permission: (typeof permissions)[number]
    role: (typeof roles)[number]
  }
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
