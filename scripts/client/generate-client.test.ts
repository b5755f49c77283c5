import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { clientFile, freshClient } from './fresh-client.ts'
import { generateClient } from './generate-client.ts'
import { readOperations } from './read-operations.ts'
import { schemaToType } from './schema-to-type.ts'

test('the committed client is what the document gives: "npm run client --workspace scripts"', () => {
  assert.equal(readFileSync(clientFile, 'utf8'), freshClient())
})

const json = (schema: object) => ({ 'application/json': { schema } })
const path = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } })
const member = {
  type: 'object',
  properties: { userId: { type: 'string' }, name: { type: ['string', 'null'] } },
  required: ['userId', 'name'],
}
const list = {
  type: 'object',
  properties: { data: { type: 'array', items: member }, page: { type: 'object' } },
}
const base = '/api/v1/backend/organizations'
const operation = (operationId: string, more: object = {}) => ({
  operationId,
  summary: operationId,
  responses: { 200: { content: json(member) } },
  'x-authstack-who': { kind: 'secret', scope: 'organizations:write' },
  ...more,
})
const document = {
  paths: {
    '/api/v1/me': { get: operation('getMe') },
    [base]: {
      post: operation('make', {
        parameters: [{ name: 'Idempotency-Key', in: 'header', schema: {} }],
        requestBody: {
          content: json({
            type: 'object',
            properties: { name: { type: 'string' } },
            required: ['name'],
          }),
        },
      }),
    },
    [`${base}/{orgId}`]: { delete: operation('drop', { responses: { 204: {} } }) },
    [`${base}/{orgId}/members`]: {
      get: operation('listMembers', {
        parameters: [path('orgId'), { name: 'after', in: 'query', schema: { type: 'string' } }],
        responses: { 200: { content: json(list) } },
      }),
      post: operation('addMember'),
    },
    [`${base}/{orgId}/members/{userId}`]: { get: operation('getMember'), delete: operation('x') },
    [`${base}/{orgId}/members/{userId}/revoke-sessions`]: { post: operation('revoke') },
  },
}

test('only what a secret key may call becomes a call, named after its place in the tree', () => {
  const calls = readOperations(document as never)
  assert.deepEqual(
    calls.map(({ resource, verb }) => [...resource, verb].join('.')),
    [
      'organizations.create',
      'organizations.delete',
      'organizations.members.list',
      'organizations.members.add',
      'organizations.members.get',
      'organizations.members.remove',
      'organizations.members.revokeSessions',
    ],
  )
})

test('ids are escaped, creates may be repeated, lists are paged, and a shape has one name', () => {
  const text = generateClient(document as never)
  assert.match(
    text,
    /\/organizations\/\$\{encodeURIComponent\(orgId\)\}\/members\/\$\{encodeURIComponent\(userId\)\}/,
  )
  assert.match(text, /create: \(body: MakeBody, options: CallOptions = \{\}\).*isIdempotent: true/)
  assert.match(
    text,
    /list: \(orgId: string, query: ListMembersQuery = \{\}, .*\): Paged<Organization>/,
  )
  assert.match(
    text,
    /delete: \(options: CallOptions = \{\}\): Promise<void>|delete: \(orgId: string, .*Promise<void>/,
  )
  assert.equal(text.match(/export interface Organization /g)?.length, 1)
})

describe('types of schemas', () => {
  const cases: [object, string][] = [
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ enum: ['a', 'b'] }, '"a" | "b"'],
    [{ const: 'x' }, '"x"'],
    [
      { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
      'Array<string | null>',
    ],
    [{ type: 'object', additionalProperties: { type: 'integer' } }, 'Record<string, number>'],
    [{}, 'unknown'],
    [{ type: 'object', properties: { 'a-b': {} }, required: ['a-b'] }, '{\n"a-b": unknown\n}'],
  ]
  for (const [schema, type] of cases) {
    test(type.replaceAll('\n', ' '), () => assert.equal(schemaToType(schema), type))
  }
})
