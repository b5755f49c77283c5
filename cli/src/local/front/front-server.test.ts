import { mkdtempSync, rmSync, unlinkSync } from 'node:fs'
import {
  Agent,
  createServer,
  type IncomingMessage,
  type RequestListener,
  request,
  type Server,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { statePaths } from '../../state/state-paths.ts'
import { apiSocket, flipLive } from '../live-link.ts'
import { createFront } from './front-server.ts'

const root = mkdtempSync(join(tmpdir(), 'front-'))
const paths = statePaths('p', 'local', root)
const servers: Server[] = []
let port = 0
let keycloakPort = 0

function serve(colour: 'a' | 'b', handler: RequestListener): Promise<Server> {
  const server = createServer(handler)
  servers.push(server)
  return new Promise((done) => server.listen(apiSocket(paths, colour), () => done(server)))
}

const name =
  (text: string): RequestListener =>
  (_request, response) =>
    response.end(text)

function ask(
  path: string,
  options: {
    headers?: Record<string, string>
    body?: string
    method?: string
    agent?: Agent
  } = {},
): Promise<{ status: number; text: string; headers: IncomingMessage['headers'] }> {
  return new Promise((done, fail) => {
    const call = request({ port, host: '127.0.0.1', path, ...options }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('error', fail)
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, text, headers: response.headers }),
      )
    })
    call.on('error', fail)
    call.end(options.body)
  })
}

beforeEach(async () => {
  flipLive(paths, 'a')
  const keycloak = createServer((request, response) => response.end(`keycloak ${request.url}`))
  servers.push(keycloak)
  await new Promise<void>((done) => keycloak.listen(0, '127.0.0.1', done))
  keycloakPort = (keycloak.address() as AddressInfo).port
  const publicUrl = 'http://localhost:4999'
  const front = createFront({ publicUrl, liveSocket: paths.liveSocket, keycloakPort })
  servers.push(front)
  await new Promise<void>((done) => front.listen(0, '127.0.0.1', done))
  port = (front.address() as AddressInfo).port
})

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
  for (const colour of ['a', 'b'] as const) rmSync(apiSocket(paths, colour), { force: true })
})

describe('the front', () => {
  it('asks the colour that the link names at that very request', async () => {
    await serve('a', name('a'))
    await serve('b', name('b'))
    expect((await ask('/')).text).toBe('a')
    flipLive(paths, 'b')
    expect((await ask('/')).text).toBe('b')
  })

  it('loses no request over many flips', async () => {
    await serve('a', name('a'))
    await serve('b', name('b'))
    const answers: number[] = []
    const clients = Array.from({ length: 8 }, async () => {
      for (let i = 0; i < 50; i++) answers.push((await ask('/')).status)
    })
    for (let i = 0; i < 20; i++) {
      flipLive(paths, i % 2 ? 'a' : 'b')
      await new Promise((done) => setTimeout(done, 5))
    }
    await Promise.all(clients)
    expect(answers).toHaveLength(400)
    expect(new Set(answers)).toEqual(new Set([200]))
  })

  it('holds a request while the server restarts, body and all', async () => {
    const held = ask('/echo', { method: 'POST', body: 'kept' })
    await new Promise((done) => setTimeout(done, 300))
    await serve('a', (incoming, response) => incoming.pipe(response))
    expect(await held).toMatchObject({ status: 200, text: 'kept' })
  })

  it('says 503 in the API’s own words when nobody comes up in time', async () => {
    const answer = await ask('/')
    expect(answer.status).toBe(503)
    expect(answer.headers['retry-after']).toBeTruthy()
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'unavailable', status: 503 })
  }, 10_000)

  it('drops what a client claims about its address, and says what it sees itself', async () => {
    await serve('a', (incoming, response) => response.end(JSON.stringify(incoming.headers)))
    const claimed = {
      'x-forwarded-for': '10.9.9.9',
      'x-forwarded-host': 'evil.test',
      'x-forwarded-prefix': '/evil',
      forwarded: 'for=10.9.9.9',
      'x-real-ip': '10.9.9.9',
    }
    const seen = JSON.parse((await ask('/', { headers: claimed })).text)
    expect(seen).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'localhost:4999',
      'x-forwarded-port': '4999',
    })
    expect(JSON.stringify(seen)).not.toMatch(/10\.9\.9\.9|evil/)
  })

  it('keeps the body of any method a body, however it is framed: none becomes a request of its own', async () => {
    const seen: string[] = []
    await serve('a', (incoming, response) => {
      seen.push(`${incoming.method} ${incoming.url}`)
      incoming.resume().on('end', () => response.end('done'))
    })
    const smuggled =
      'POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n'
    const framings: Record<string, string>[] = [
      { 'transfer-encoding': 'chunked' },
      { 'content-length': String(smuggled.length), connection: 'content-length' },
    ]
    for (const headers of framings) {
      for (const method of ['GET', 'DELETE', 'PATCH']) {
        expect((await ask('/plain', { method, headers, body: smuggled })).text).toBe('done')
      }
    }
    const plain = ['GET /plain', 'DELETE /plain', 'PATCH /plain']
    expect(seen).toEqual([...plain, ...plain])
  })

  it('lets only listed paths through to Keycloak and answers the rest itself', async () => {
    expect((await ask('/realms/live-accounts/protocol/openid-connect/certs')).text).toMatch(
      /^keycloak/,
    )
    const refused = await ask('/realms/master/protocol/openid-connect/token', { method: 'POST' })
    expect(refused.status).toBe(404)
    expect(refused.headers['content-type']).toBe('application/problem+json')
  })

  it('passes an early answer on while the body is still coming', async () => {
    await serve('a', (_incoming, response) => {
      response.writeHead(413)
      response.end('too large')
    })
    const answer = await ask('/', { method: 'POST', body: 'x'.repeat(4_000_000) })
    expect(answer).toMatchObject({ status: 413, text: 'too large' })
  })

  it('leaves the client’s connection usable after an early answer', async () => {
    await serve('a', (incoming, response) => {
      response.writeHead(413)
      response.end('too large', () => incoming.pause())
    })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const body = 'x'.repeat(4_000_000)
    for (let i = 0; i < 5; i++) {
      expect((await ask('/', { method: 'POST', body, agent })).status).toBe(413)
    }
    agent.destroy()
  })

  it('cuts a response short when its server dies in the middle', async () => {
    await serve('a', (_incoming, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.socket?.destroy())
    })
    await expect(ask('/')).rejects.toThrow()
    unlinkSync(apiSocket(paths, 'a'))
  })
})
