import { z } from 'zod'
import { Problem } from '../errors.ts'
import { fieldErrors } from '../http/parse-input.ts'
import type { Settings } from '../settings.ts'

type Field = Settings['signup']['fields'][number]

/**
 * Checks the project's own sign-up fields by the settings; unknown names are refused.
 *
 * @param isPartial for a change of some fields: those left out stay as they are
 */
export function parseSignupFields(
  settings: Pick<Settings, 'signup'>,
  fields: Record<string, unknown> | undefined,
  isPartial = false,
): Record<string, unknown> {
  const shape = Object.fromEntries(
    settings.signup.fields.map((field) => {
      const schema = fieldSchema(field)
      return [field.name, field.required && !isPartial ? schema : schema.optional()]
    }),
  )
  const parsed = z.strictObject(shape).safeParse(fields ?? {})
  if (parsed.success) return parsed.data
  throw new Problem('invalid_request', {
    detail: 'Some fields are not valid.',
    errors: fieldErrors(parsed.error, '/fields'),
  })
}

function fieldSchema(field: Field): z.ZodType {
  switch (field.type) {
    case 'checkbox':
      return field.required ? z.literal(true, 'This must be ticked') : z.boolean()
    case 'select':
      return z.enum(field.options ?? [])
    case 'phone':
      return z.string().regex(/^\+[1-9]\d{6,14}$/, 'A number like +14155550100')
    case 'text':
      return z.string().trim().min(1).max(200)
  }
}
