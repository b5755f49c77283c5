/** A JSON schema as zod writes it into the OpenAPI document. */
export type Schema = {
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  additionalProperties?: boolean | Schema
  description?: string
  $ref?: string
}

/**
 * The TypeScript type of a schema. `nameOf` gives the name of a schema that has a declaration of its
 * own. What it does not know becomes `unknown`: never a wrong promise.
 */
export function schemaToType(
  schema: Schema,
  nameOf: (schema: Schema) => string | null = () => null,
): string {
  const name = nameOf(schema)
  if (name) return name
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)))
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return union(choices.map((choice) => schemaToType(choice, nameOf)))
  if (schema.allOf) {
    return schema.allOf.map((part) => `(${schemaToType(part, nameOf)})`).join(' & ')
  }
  if (Array.isArray(schema.type)) {
    return union(schema.type.map((type) => schemaToType({ ...schema, type }, nameOf)))
  }
  switch (schema.type) {
    case 'string':
      return 'string'
    case 'integer':
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'null':
      return 'null'
    case 'array':
      return `Array<${schemaToType(schema.items ?? {}, nameOf)}>`
    case 'object':
      return objectType(schema, nameOf)
    default:
      return 'unknown'
  }
}

function objectType(schema: Schema, nameOf: (schema: Schema) => string | null): string {
  const { properties = {}, required = [], additionalProperties } = schema
  const names = Object.keys(properties)
  if (names.length === 0) {
    const value =
      typeof additionalProperties === 'object'
        ? schemaToType(additionalProperties, nameOf)
        : 'unknown'
    return `Record<string, ${value}>`
  }
  const lines = names.map((name) => {
    const property = properties[name] ?? {}
    const comment = property.description ? `/** ${property.description} */\n` : ''
    const mark = required.includes(name) ? '' : '?'
    return `${comment}${propertyName(name)}${mark}: ${schemaToType(property, nameOf)}`
  })
  return `{\n${lines.join('\n')}\n}`
}

const propertyName = (name: string) =>
  /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)

const union = (types: string[]) => [...new Set(types)].join(' | ')
