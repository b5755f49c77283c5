import { randomBytes, randomUUID } from 'node:crypto'
import type { Schema } from './routes-of-document.ts'

const unique = () => randomBytes(5).toString('hex')

/** What a name means, where its schema alone would not give a value that gets past the checks of its action. */
const byName: Record<string, () => unknown> = {
  email: () => `sample-${unique()}@example.com`,
  password: () => `Correct-horse-${unique()}`,
  role: () => 'viewer',
  autoJoinRole: () => 'viewer',
  slug: () => `sample-${unique()}`,
  domain: () => `sample-${unique()}.example.com`,
  name: () => `Sample ${unique()}`,
  permissions: () => ['projects:view'],
  scopes: () => ['users:read'],
  plan: () => 'free',
  token: () => randomBytes(32).toString('base64url'),
  refreshToken: () => randomBytes(32).toString('base64url'),
  code: () => randomBytes(32).toString('base64url'),
  code_verifier: () => randomBytes(48).toString('base64url'),
  primaryColor: () => '#336699',
  url: () => 'https://hooks.example.com/in',
  returnUrl: () => 'http://localhost:4880/callback',
}

/** A body that its route would take: the required fields, or one optional field when none is required. */
export function sampleBody(schema: Schema, all = false): Record<string, unknown> {
  const properties = (schema.properties ?? {}) as Record<string, Schema>
  const required = (schema.required ?? []) as string[]
  const names = all ? Object.keys(properties) : required
  const wanted = names.length > 0 ? names : Object.keys(properties).slice(0, 1)
  return Object.fromEntries(wanted.map((name) => [name, sampleValue(properties[name] ?? {}, name)]))
}

function sampleValue(schema: Schema, name = ''): unknown {
  const named = byName[name]
  const options = schema.anyOf ?? schema.oneOf
  if (named) return named()
  if (schema.const !== undefined) return schema.const
  if (schema.default !== undefined) return schema.default
  if (Array.isArray(schema.enum)) return schema.enum[0]
  if (Array.isArray(options)) return sampleValue(options[0] as Schema, name)
  if (schema.format === 'uuid') return randomUUID()
  if (schema.format === 'uri') return 'https://example.com/sample'
  if (schema.format === 'email') return `sample-${unique()}@example.com`
  if (schema.format === 'date-time') return new Date().toISOString()
  if (schema.type === 'boolean') return true
  if (schema.type === 'integer' || schema.type === 'number') return Number(schema.minimum ?? 1)
  if (schema.type === 'array') return schema.minItems ? [sampleValue(schema.items as Schema)] : []
  if (schema.type === 'object') return schema.properties ? sampleBody(schema) : {}
  return `sample ${unique()}`.slice(0, Number(schema.maxLength ?? 40))
}
