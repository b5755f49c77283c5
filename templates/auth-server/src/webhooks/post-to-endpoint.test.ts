import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import type { Lookup } from './find-address.ts'
import { type PostOptions, postToEndpoint } from './post-to-endpoint.ts'

/** A receiver on loopback that counts what reaches it. */
async function receiver(answer: RequestListener, { host = '127.0.0.1', port: wanted = 0 } = {}) {
  let hits = 0
  const server = createServer((request, response) => {
    hits++
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(wanted, host, resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://${host}:${port}/hook`,
    hits: () => hits,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const post = (url: string, options: Partial<PostOptions> = {}) =>
  postToEndpoint(url, { 'webhook-id': 'e' }, '{"a":1}', { isLocal: true, ...options })

test('it sends the body as it is, and gives status and answer back', async () => {
  await using server = await receiver((request, response) => {
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => response.writeHead(202).end(`${request.headers['webhook-id']} ${text}`))
  })
  const result = await post(server.url)
  assert.deepEqual([result.status, result.response, result.error], [202, 'e {"a":1}', null])
})

test('a redirect is an answer: its target, here the metadata service, is never asked', async () => {
  await using inner = await receiver((_request, response) => response.end('secret'))
  await using server = await receiver((_request, response) =>
    response.writeHead(307, { Location: inner.url }).end(),
  )
  assert.equal((await post(server.url)).status, 307)
  assert.equal(inner.hits(), 0)
})

test('a name that answers another address the second time (DNS rebinding) is asked once only', async () => {
  // 127.0.0.2 stands for the public address that was checked, 127.0.0.1 for what is inside.
  await using inner = await receiver((_request, response) => response.end('inside'))
  await using checked = await receiver(
    (request, response) => response.end(String(request.headers.host)),
    { host: '127.0.0.2', port: inner.port },
  )
  let asked = 0
  const rebinding: Lookup = async () => {
    asked++
    return [{ address: asked === 1 ? '127.0.0.2' : '127.0.0.1', family: 4 }]
  }
  const result = await post(`http://rebind.example:${inner.port}/`, { lookup: rebinding })
  assert.deepEqual([result.status, asked], [200, 1])
  assert.equal(result.response, `rebind.example:${inner.port}`, 'the name stays in the request')
  assert.deepEqual([checked.hits(), inner.hits()], [1, 0])
})

test('outside the local environment plain http and every inner address are refused, unsent', async () => {
  await using inner = await receiver((_request, response) => response.end())
  for (const url of [
    inner.url,
    `https://127.0.0.1:${inner.port}/`,
    `https://localhost:${inner.port}/`,
    `https://[::1]:${inner.port}/`,
  ]) {
    const { status, error } = await post(url, { isLocal: false })
    assert.equal(status, null)
    assert.match(String(error), /Only https|private address/, url)
  }
  assert.equal(inner.hits(), 0)
})

test('in the local environment plain http goes to this computer only', async () => {
  const lookup: Lookup = async () => [{ address: '93.184.216.34', family: 4 }]
  const { error } = await post('http://a.example/', { lookup })
  assert.match(String(error), /this computer only/)
})

test('an endpoint that does not answer is left after the time, one that talks on after 64 KB', async () => {
  await using silent = await receiver(() => {})
  const late = await post(silent.url, { timeoutMs: 300 })
  assert.deepEqual([late.status, late.error], [null, 'No answer in time'])
  assert.ok(late.milliseconds < 2000)
  let sent = 0
  await using endless = await receiver((_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(16_384))) sent += 16_384
      if (!response.destroyed) response.once('drain', more)
    }
    more()
  })
  const result = await post(endless.url, { timeoutMs: 5000 })
  assert.equal(result.status, 200)
  assert.equal(result.response?.length, 2000)
  assert.ok(sent < 5_000_000, `${sent} bytes were taken`)
})

test('a name that never resolves costs no more than the time', async () => {
  const lookup: Lookup = () => new Promise(() => {})
  const { error, milliseconds } = await post('https://a.example/', { lookup, timeoutMs: 200 })
  assert.equal(error, 'No answer in time')
  assert.ok(milliseconds < 1500)
})
