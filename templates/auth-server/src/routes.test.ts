import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { z } from 'zod'
import { buildOpenApi } from './http/openapi.ts'
import { operatorRoutes } from './operator/operator-routes.ts'
import { routes } from './routes.ts'

test('openapi.json is what the guards say; run "npm run openapi" after a change', () => {
  const committed = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'))
  assert.deepEqual(committed, JSON.parse(JSON.stringify(buildOpenApi(routes))))
})

test('only health, the description of the API, the start of a sign-in, public keys and what is signed are open to everyone', () => {
  const open = routes.filter((route) => route.who.kind === 'everyone').map((route) => route.path)
  assert.deepEqual(open, [
    '/livez',
    '/readyz',
    '/api/v1/openapi.json',
    '/api/v1/reference',
    '/api/v1/auth/authorize',
    '/api/v1/issuers/:orgId/jwks.json',
    '/api/v1/webhooks/stripe',
  ])
})

/** Who is no member of it yet, or no longer; each action finds out for itself and masks the rest. */
const NOT_YET_MEMBERS = ['/restore', '/join']

test('every route below an organization demands a member, and names the organization orgId', () => {
  for (const route of routes.filter((found) => /^\/api\/v1\/organizations\/:/.test(found.path))) {
    const isOutside = NOT_YET_MEMBERS.some(
      (verb) => route.path === `/api/v1/organizations/:orgId${verb}`,
    )
    assert.equal(route.who.kind, isOutside ? 'user' : 'member', route.path)
    assert.match(route.path, /^\/api\/v1\/organizations\/:orgId(\/|$)/)
  }
})

test('every body refuses unknown fields', () => {
  for (const { path, action } of [...routes, ...operatorRoutes]) {
    // Its bytes are what is signed; whoever signs says what is in them.
    if (!action.body || action.rawBody) continue
    const parsed = action.body.safeParse({ notAField: 1 })
    const codes = parsed.error?.issues.map((issue: z.core.$ZodIssue) => issue.code)
    assert.ok(codes?.includes('unrecognized_keys'), path)
  }
})

test('operator routes are no public routes', () => {
  for (const route of operatorRoutes) {
    assert.equal(route.who.kind, 'operator')
    assert.ok(!routes.some((found) => found.path === route.path))
  }
})

test('no two routes share a method and path, nor an operation id', () => {
  const lines = routes.map((route) => `${route.method} ${route.path}`)
  assert.equal(new Set(lines).size, lines.length)
  const ids = routes.map((route) => route.action.id)
  assert.equal(new Set(ids).size, ids.length)
})
