import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { trace } from '@opentelemetry/api'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import express from 'express'
import { createServer } from './http/create-server.ts'
import { traceRequests } from './telemetry.ts'

test('a request makes one span, named by its route, with no path, query or header of the caller', async (t) => {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  trace.setGlobalTracerProvider(provider)
  const app = express()
  app.use(traceRequests())
  app.get('/people/:id', (_request, response) => {
    response.locals.route = '/people/:id'
    response.locals.requestId = 'the-request-id'
    response.status(503).end()
  })
  const server = createServer({ app, listener: app, standing: () => [] })
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await fetch(`http://127.0.0.1:${port}/people/ada@example.com?code=planted`, {
    headers: { authorization: 'Bearer planted' },
  })
  await new Promise((resolve) => setTimeout(resolve, 50))

  const [span, ...others] = exporter.getFinishedSpans()
  assert.equal(others.length, 0)
  assert.equal(span?.name, 'GET /people/:id')
  assert.deepEqual(span?.attributes, {
    'http.request.method': 'GET',
    'http.response.status_code': 503,
    'http.route': '/people/:id',
    'authstack.request_id': 'the-request-id',
  })
  assert.equal(span?.status.code, 2)
})
