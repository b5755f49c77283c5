import { escapeHtml } from '../pages/error-page.ts'
import type { JsonSchema } from './document-types.ts'

/** The fields of a shape as a nested list; null when it has none, as an empty object. */
export function renderShape(schema: JsonSchema): string {
  const fields = fieldsOf(schema)
  if (fields.length === 0) return `<p class="type">${escapeHtml(typeWords(schema))}</p>`
  const items = fields.map(({ name, field, isRequired }) => {
    const inner = innerOf(field)
    const below = inner && fieldsOf(inner).length > 0 ? renderShape(inner) : ''
    const optional = isRequired ? '' : ' <span class="optional">optional</span>'
    return `<li><code class="name">${escapeHtml(name)}</code> <span class="type">${escapeHtml(
      typeWords(field),
    )}</span>${optional}${description(field)}${below}</li>`
  })
  return `<ul class="shape">${items.join('')}</ul>`
}

function description({ description: text }: JsonSchema): string {
  return text ? `<span class="note">${escapeHtml(text)}</span>` : ''
}

function fieldsOf(schema: JsonSchema) {
  const object = objectOf(schema)
  return Object.entries(object?.properties ?? {}).map(([name, field]) => ({
    name,
    field,
    isRequired: object?.required?.includes(name) ?? false,
  }))
}

/** The object in a schema, also where it may be null instead. */
function objectOf(schema: JsonSchema): JsonSchema | null {
  if (schema.properties) return schema
  const choices = schema.anyOf ?? schema.oneOf ?? []
  return choices.find((choice) => choice.properties) ?? null
}

/** What lies below a field: the object itself, or the items of a list. */
function innerOf(schema: JsonSchema): JsonSchema | null {
  return objectOf(schema) ?? (schema.items ? innerOf(schema.items) : null)
}

/** "string (uuid)", "list of object", "one of: a, b", "string or null, up to 80 characters". */
export function typeWords(schema: JsonSchema): string {
  const words = [baseWords(schema), ...boundWords(schema)]
  return words.join(', ')
}

function baseWords(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return `one of ${schema.enum.map((one) => JSON.stringify(one)).join(', ')}`
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return [...new Set(choices.map(baseWords))].join(' or ')
  if (Array.isArray(schema.type)) return schema.type.join(' or ')
  if (schema.type === 'array') return `list of ${schema.items ? baseWords(schema.items) : 'any'}`
  const format = schema.format && schema.format !== 'email' ? ` (${schema.format})` : ''
  if (schema.format === 'email') return 'email address'
  return `${schema.type ?? 'any'}${format}`
}

function boundWords(schema: JsonSchema): string[] {
  const { maxLength, minimum, maximum, maxItems } = schema
  const isBounded = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER
  return [
    ...(maxLength ? [`up to ${maxLength} characters`] : []),
    ...(minimum !== undefined && isBounded ? [`${minimum} to ${maximum}`] : []),
    ...(maxItems ? [`at most ${maxItems}`] : []),
    ...(schema.default !== undefined ? [`default ${JSON.stringify(schema.default)}`] : []),
  ]
}
