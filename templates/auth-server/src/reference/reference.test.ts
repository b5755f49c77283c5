import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { tagOf } from '../http/tag-of.ts'
import { referencePage } from './reference-page.ts'
import { REFERENCE_SCRIPT } from './reference-script.ts'
import { renderShape, typeWords } from './render-shape.ts'
import { servedDocument } from './served-document.ts'
import { showOpenApi } from './show-openapi.ts'
import { showReference } from './show-reference.ts'
import { whoWords } from './who-words.ts'

// biome-ignore lint/suspicious/noExplicitAny: the action reads two things of the context.
const contextOf = (headers: Record<string, string> = {}): any => ({
  header: (name: string) => headers[name] ?? null,
  services: { settings: { name: 'Acme <b>', theme: { darkMode: 'system' } } },
})
// biome-ignore lint/suspicious/noExplicitAny: neither action takes input.
const nothing: any = {}

test('the document is valid OpenAPI 3.1', async () => {
  const { json } = await servedDocument()
  const validator = new Validator()
  const result = await validator.validate(JSON.parse(json))
  assert.deepEqual(result.errors, undefined)
  assert.equal(result.valid, true)
  assert.equal(validator.version, '3.1')
})

test('a document that is not valid is noticed', async () => {
  const { json } = await servedDocument()
  const broken = JSON.parse(json)
  broken.paths['/api/v1/me'].get.responses = 'none'
  assert.equal((await new Validator().validate(broken)).valid, false)
})

test('every operation is on the page, with who may call it', async () => {
  const { document } = await servedDocument()
  const page = referencePage(document, { name: 'Acme', darkMode: 'dark' })
  for (const methods of Object.values(document.paths)) {
    for (const { operationId, 'x-authstack-who': who } of Object.values(methods)) {
      assert.ok(page.includes(`<details class="operation" id="${operationId}">`), operationId)
      assert.notEqual(whoWords(who), String(who.kind), `${operationId}: no words for ${who.kind}`)
    }
  }
})

test('both are asked by ETag after five minutes, and a known one is 304 without a body', async () => {
  for (const action of [showOpenApi, showReference]) {
    const first = await action.run(contextOf(), nothing)
    assert.equal(first.status, 200)
    assert.equal(first.headers['Cache-Control'], 'public, max-age=300')
    const again = await action.run(
      contextOf({ 'if-none-match': `"x", ${first.headers.ETag}` }),
      nothing,
    )
    assert.deepEqual([again.status, again.body], [304, ''])
  }
})

test('the policy of the page lets its own script run and no other, and a name is no markup', async () => {
  const { headers, body } = await showReference.run(contextOf(), nothing)
  const policy = String(headers['Content-Security-Policy'])
  const hash = createHash('sha256').update(REFERENCE_SCRIPT).digest('base64')
  assert.match(policy, /default-src 'none'/)
  assert.ok(policy.includes(`script-src 'sha256-${hash}'`))
  assert.doesNotMatch(policy, /unsafe/)
  assert.equal(body.split('<script>').length, 2)
  assert.doesNotMatch(body, /Acme <b>|\son\w+="|style="/)
})

test('a path is grouped by what it is about', () => {
  const groups = {
    '/api/v1/organizations/{orgId}/members/{userId}': 'members',
    '/api/v1/organizations/{orgId}/audit-events': 'audit-events',
    '/api/v1/organizations/:orgId/leave': 'organizations',
    '/api/v1/organizations/{orgId}': 'organizations',
    '/api/v1/organizations': 'organizations',
    '/api/v1/backend/organizations/{orgId}/members': 'backend',
    '/api/v1/me/sessions': 'me',
    '/livez': 'health',
  }
  for (const [path, group] of Object.entries(groups)) assert.equal(tagOf(path), group, path)
})

test('shapes are told in words', () => {
  assert.equal(typeWords({ type: 'string', maxLength: 80 }), 'string, up to 80 characters')
  assert.equal(typeWords({ anyOf: [{ type: 'string' }, { type: 'null' }] }), 'string or null')
  assert.equal(typeWords({ type: 'array', items: { type: 'object' } }), 'list of object')
  assert.equal(typeWords({ enum: ['a', 'b'] }), 'one of "a", "b"')
  const nested = renderShape({
    type: 'object',
    required: ['data'],
    properties: {
      data: {
        type: 'array',
        items: { type: 'object', properties: { '<id>': { type: 'string' } } },
      },
    },
  })
  assert.match(nested, /data.*list of object.*&#60;id&#62;.*optional/)
})
