// @vitest-environment node
import type { AddressInfo, Server } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Auth, Verifier } from './create-verifier.ts'
import { requireAuth } from './require-auth.ts'
import { requireOrganization } from './require-organization.ts'
import { requirePermission } from './require-permission.ts'
import { invalid } from './verification-error.ts'

const auth = { organizationId: 'o-1', permissions: ['projects:view'] } as Auth
const verifier: Verifier = {
  verify: async (token) => {
    if (token === 'good.token.here') return auth
    throw invalid('secret reason for the log')
  },
}
let server: Server
let base: string

beforeAll(async () => {
  const app = express()
  app.use(requireAuth(verifier), requireOrganization())
  app.get('/view', requirePermission('projects:view'), (_request, response) => {
    response.json({ ok: true })
  })
  app.get(
    '/delete',
    requirePermission('projects:view', 'projects:delete'),
    (_request, response) => {
      response.json({ ok: true })
    },
  )
  await new Promise<void>((resolve) => {
    server = app.listen(0, '127.0.0.1', () => resolve())
  })
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(base + path, { headers: { authorization: 'Bearer good.token.here', ...headers } })

it('lets a member with the permission through', async () => {
  expect((await get('/view')).status).toBe(200)
  expect((await get('/view', { 'x-tenant-id': 'o-1' })).status).toBe(200)
})

it('answers 401 without a token, with another scheme, and with a bad one, and gives no reason away', async () => {
  for (const authorization of ['', 'Basic abc', 'Bearer', 'Bearer bad.token.here']) {
    const response = await get('/view', { authorization })
    expect(response.status).toBe(401)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.text()).not.toContain('secret reason')
  }
})

it('answers 403 when one of several permissions is missing', async () => {
  const response = await get('/delete')
  expect(response.status).toBe(403)
  expect(await response.json()).toMatchObject({ code: 'permission_denied' })
})

it('answers the 404 of a missing thing when another organization is named', async () => {
  const response = await get('/view', { 'x-tenant-id': 'o-2' })
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ code: 'not_found' })
})

it('refuses to be built without a permission, which would let everybody in', () => {
  expect(() => requirePermission()).toThrow()
})
