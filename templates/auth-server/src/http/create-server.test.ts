import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import express from 'express'
import { createServer } from './create-server.ts'

test('requests keep the prototype they were born with, and have all that Express gives them', async (t) => {
  const app = express()
  let changed = 0
  app.use((request, response, next) => {
    // What Express is about to set, and what is there, must be the same object.
    if (Object.getPrototypeOf(request) !== app.request) changed++
    if (Object.getPrototypeOf(response) !== app.response) changed++
    next()
  })
  app.get('/x/:id', (request, response) => {
    response.json({
      id: request.params.id,
      q: request.query.q,
      ip: request.ip,
      app: request.app === app,
    })
  })
  const server = createServer({ app, listener: app, standing: () => [] })
  const setPrototypeOf = Object.setPrototypeOf
  const swaps: unknown[] = []
  Object.setPrototypeOf = (object, prototype) => {
    if (Object.getPrototypeOf(object) !== prototype) swaps.push(object)
    return setPrototypeOf(object, prototype)
  }
  t.after(() => {
    Object.setPrototypeOf = setPrototypeOf
    server.close()
    server.closeAllConnections()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/x/7?q=8`)
  assert.deepEqual(await answer.json(), { id: '7', q: '8', ip: '127.0.0.1', app: true })
  assert.equal(changed, 0)
  assert.deepEqual(
    swaps.filter((object) => /App/.test(String((object as object)?.constructor?.name))),
    [],
  )
})
