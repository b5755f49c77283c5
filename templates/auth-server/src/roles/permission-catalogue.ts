import type { Settings } from '../settings.ts'

export interface Permission {
  name: string
  description: string
  builtIn: boolean
}

const builtIn: Permission[] = [
  ['organization:settings:view', 'See the settings of the organization'],
  ['organization:settings:edit', 'Change name, slug, logo and branding'],
  ['organization:delete', 'Delete the organization'],
  ['members:view', 'See the members'],
  ['members:invite', 'Invite people'],
  ['members:edit', 'Change the role of a member, suspend members'],
  ['members:remove', 'Remove a member'],
  ['roles:view', 'See roles and permissions'],
  ['roles:edit', 'Change roles'],
  ['domains:view', 'See the domains'],
  ['domains:edit', 'Claim domains and let people join by them'],
  ['departments:view', 'See the departments'],
  ['departments:edit', 'Make departments and put members into them'],
  ['api-keys:view', 'See the API keys of the organization'],
  ['api-keys:edit', 'Make, rotate and revoke API keys of the organization'],
  ['billing:view', 'See plan and invoices'],
  ['billing:edit', 'Change plan and payment'],
  ['audit:view', 'See the audit trail'],
].map(([name, description]) => ({
  name: name ?? '',
  description: description ?? '',
  builtIn: true,
}))

/** Every permission that exists in this project: ours first, then the settings' own. */
export function permissionCatalogue(settings: Pick<Settings, 'permissions'>): Permission[] {
  const names = new Set(builtIn.map((permission) => permission.name))
  const own = settings.permissions.filter((permission) => !names.has(permission.name))
  return [...builtIn, ...own.map((permission) => ({ ...permission, builtIn: false }))]
}
