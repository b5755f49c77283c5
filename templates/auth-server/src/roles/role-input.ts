import { z } from 'zod'
import { nameInput } from '../auth/inputs.ts'
import { Problem } from '../errors.ts'
import type { Settings } from '../settings.ts'
import { expandPermissions } from './expand-permissions.ts'
import { permissionCatalogue } from './permission-catalogue.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const roleNameInput = nameInput.max(60)

export const roleSlugInput = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/, 'Lower-case letters, digits and dashes')
  // A role is named by id or by slug: one whose slug is another's id would be taken for that one.
  .refine((slug) => !UUID.test(slug), 'A slug must not look like an id')

export const descriptionInput = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\p{Cc}<>\u202a-\u202e\u2066-\u2069]*$/u, 'Some characters are not allowed here')

/** Names of the catalogue, or wildcards over it. */
export const permissionsInput = z.array(z.string().trim().min(1).max(48)).max(500)

/**
 * What a caller wrote, as full names, sorted and once each. Wildcards are resolved here, when they are
 * written: a role must not gain what a later deploy adds to the catalogue, which nobody looked at and
 * whoever wrote the wildcard may not have held.
 *
 * @throws Problem `invalid_request` that points at each name the catalogue does not have
 */
export function readPermissions(
  settings: Pick<Settings, 'permissions'>,
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
  return expandPermissions(names, wanted)
}

/** Throws 403 unless each of them is held: nobody hands out what they lack. */
export function refuseUnheld(held: readonly string[], wanted: string[]): void {
  const own = new Set(held)
  const lacking = wanted.filter((name) => !own.has(name))
  if (lacking.length > 0) {
    throw new Problem('permission_denied', {
      detail: 'You cannot grant permissions that you do not have.',
      extra: { lacking },
    })
  }
}
