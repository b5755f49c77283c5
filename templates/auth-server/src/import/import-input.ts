import { z } from 'zod'
import { emailInput, nameInput } from '../auth/inputs.ts'
import { keycloakPasswordInput } from './read-keycloak-password.ts'

/** One request takes this many; the body's own limit of 100 KB is met at about 150. */
export const IMPORT_MAX = 200

/** A person as a file tells of them. Loose here: one faulty line must not refuse the other 199. */
export const importedPersonInput = z.strictObject({
  email: z.string().max(1000),
  emailVerified: z.boolean().optional(),
  firstName: z.string().max(1000).nullish(),
  lastName: z.string().max(1000).nullish(),
  fields: z.record(z.string().max(100), z.unknown()).optional(),
  /** ISO 8601; when the person signed up at the other system. */
  createdAt: z.string().max(60).nullish(),
  /** False for a person who is blocked there. */
  enabled: z.boolean().optional(),
  password: z
    .union([z.strictObject({ hash: z.string().max(2000) }), keycloakPasswordInput])
    .nullish(),
  /** Slug or id of an organization that is there, and the slug of a role in it. */
  organization: z.string().max(200).nullish(),
  role: z.string().max(200).nullish(),
})
export type ImportedPerson = z.output<typeof importedPersonInput>

/** What a person must be to come in. */
export const strictPerson = z.object({
  email: emailInput,
  firstName: nameInput.nullish(),
  lastName: nameInput.nullish(),
  createdAt: z.coerce.date().max(new Date(8.64e15)).nullish(),
})

export const faultCodes = [
  'invalid_email',
  'invalid_name',
  'invalid_field',
  'invalid_date',
  'repeated',
  'exists',
  'hub_conflict',
  'address_unproved',
  'organization_unknown',
  'role_unknown',
  'limit_reached',
] as const
export type FaultCode = (typeof faultCodes)[number]

const passwordOutcomes = [
  'kept',
  'none',
  'chosen_here',
  'unknown_format',
  'damaged',
  'too_costly',
] as const
export type PasswordOutcome = (typeof passwordOutcomes)[number]

/** What became of one person, in the order in which they were sent. */
export const importResult = z.object({
  outcome: z.enum(['created', 'updated', 'skipped', 'failed']),
  userId: z.uuid().nullable(),
  /**
   * `kept`: signs in with the old password. `chosen_here`: an update, and they have chosen one since.
   * Else there is none, and they choose one through "Forgot password".
   */
  password: z.enum(passwordOutcomes),
  /** Set when it failed, or when the person came in without the membership. */
  fault: z.object({ code: z.enum(faultCodes), detail: z.string() }).nullable(),
  joined: z.boolean(),
})
export type ImportResult = z.input<typeof importResult>
