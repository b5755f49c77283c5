import { z } from 'zod'
import { nameInput } from '../auth/inputs.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const roleParams = z.object({ orgId: z.uuid(), roleId: z.uuid() })

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
