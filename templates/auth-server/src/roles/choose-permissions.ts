import { Problem } from '../errors.ts'
import type { Settings } from '../settings.ts'
import { expandPermissions } from './expand-permissions.ts'
import { permissionCatalogue } from './permission-catalogue.ts'

/**
 * The full names of what somebody wants a role to grant, sorted. Wildcards are resolved now and not
 * when the role is read: a permission that a later version adds was not in the hands of whoever wrote
 * `projects:*`, and is granted by nobody's having written it.
 *
 * @throws Problem `invalid_request` for a name that nothing has, `permission_denied` for what the
 *   actor does not hold: nobody grants what they lack
 */
export function choosePermissions(
  settings: Pick<Settings, 'permissions'>,
  actorPermissions: string[],
  wanted: string[],
): string[] {
  const names = permissionCatalogue(settings).map((permission) => permission.name)
  const errors = wanted.flatMap((grant, at) =>
    expandPermissions(names, [grant]).length > 0
      ? []
      : [
          {
            pointer: `/permissions/${at}`,
            message: 'There is no such permission',
            code: 'unknown_permission',
          },
        ],
  )
  if (errors.length > 0) {
    throw new Problem('invalid_request', { detail: 'A permission does not exist.', errors })
  }
  const chosen = expandPermissions(names, wanted)
  const held = new Set(actorPermissions)
  const lacking = chosen.filter((name) => !held.has(name))
  if (lacking.length > 0) {
    throw new Problem('permission_denied', {
      detail: `You cannot grant what you do not have: ${lacking.join(', ')}.`,
    })
  }
  return chosen
}
