import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Request, Response } from 'express'
import { z } from 'zod'
import { defineRoute } from '../extensions.ts'
import type { Services } from '../services.ts'
import { defineAction } from './define-action.ts'
import { guard } from './guard.ts'
import { member, type Route, user } from './route.ts'

const action = defineAction<unknown>()({
  id: 'leak',
  summary: 'Says something to whoever gets here',
  output: z.object({ secret: z.string() }),
  run: async () => ({ secret: 'salaries' }),
})

// What a hurried hand writes, and what runs all the same: nobody checks types at the start.
const slips: [string, unknown][] = [
  ['user, without its brackets', user],
  ['member, without its brackets', member],
  ['a word', 'user'],
  ['a kind that does not exist', { kind: 'users' }],
]

for (const [name, who] of slips) {
  const path = '/api/v1/x/leak'
  test(`a route whose who is ${name} is refused at the start`, () => {
    assert.throws(() => defineRoute({ method: 'GET', path, who: who as never, action }), /who/)
  })

  test(`a route whose who is ${name} answers nobody`, async () => {
    const services = { limits: { count: () => {} } } as unknown as Services
    const handle = guard(services, { method: 'GET', path, who, action } as Route)
    const sent: unknown[] = []
    const response = {
      locals: {},
      statusCode: 200,
      setHeader: () => {},
      end: (body: unknown) => sent.push(body),
    }
    const request = { ip: '127.0.0.1', headers: {}, query: {}, params: {}, get: () => undefined }
    const problem = await new Promise((resolve) => {
      const handled = handle(
        request as unknown as Request,
        response as unknown as Response,
        resolve,
      )
      Promise.resolve(handled).then(() => resolve(null))
    })
    assert.ok(problem instanceof Error)
    assert.deepEqual(sent, [])
  })
}
