import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { tempFolder } from './run-cli.ts'

export type Call = { method: string; path: string; query: Record<string, string>; body: unknown }

export type StandIn = {
  /** Environment for the CLI: the state of this instance. */
  env: NodeJS.ProcessEnv
  project: string
  /** `<state>/<project id>/local`. */
  state: string
  /** What the operator routes were asked, in order. */
  calls: Call[]
  publicUrl: string
}

type Answer = { status?: number; body: unknown }

const projectId = 'testproject2'
const secret = 'operator-secret-of-the-test'

/**
 * A project with an instance on disk, and in place of Keycloak and API two small servers: the token
 * endpoint on loopback and the operator routes on a unix socket, as the contract says.
 */
export async function startStandIn(
  answer: (call: Call) => Answer,
  settings?: string,
): Promise<StandIn> {
  const root = tempFolder()
  const project = join(root, 'acme-auth')
  const state = join(root, 'home', projectId, 'local')
  for (const folder of [join(project, '.authstack'), join(state, 'credentials')]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }
  write(project, '.authstack/project.json', {
    id: projectId,
    name: 'acme-auth',
    template: '1.0.0',
    cliVersion: '0.1.0',
  })
  writeFileSync(join(project, 'authstack.config.ts'), settings ?? defaultSettings)
  writeFileSync(join(state, 'credentials/operator-client'), secret, { mode: 0o600 })
  symlinkSync('api-a.sock', join(state, 'live.sock'))

  const keycloak = await listen(async (request) => {
    const form = new URLSearchParams(await text(request))
    const isRight =
      form.get('client_secret') === secret && form.get('client_id') === 'authstack-cli'
    const isPath = request.url === '/realms/operators/protocol/openid-connect/token'
    return isRight && isPath
      ? { body: { access_token: 'token-of-the-operator' } }
      : { status: 401, body: { error: 'invalid_client' } }
  })
  const calls: Call[] = []
  await listen(
    async (request) => {
      if (request.headers.authorization !== 'Bearer token-of-the-operator') {
        return { status: 401, body: { code: 'token_required', title: 'No token' } }
      }
      const url = new URL(request.url ?? '', 'http://operator')
      const raw = await text(request)
      const call: Call = {
        method: request.method ?? '',
        path: decodeURIComponent(url.pathname.replace('/operator/v1', '')),
        query: Object.fromEntries(url.searchParams),
        body: raw ? JSON.parse(raw) : undefined,
      }
      calls.push(call)
      return answer(call)
    },
    join(state, 'operator-a.sock'),
  )

  const { port } = keycloak.address() as AddressInfo
  const publicUrl = 'http://localhost:4599'
  const ports = { front: 4599, postgres: 4598, redis: 4597, keycloak: port }
  write(state, 'instance.json', {
    projectId,
    project: 'acme-auth',
    environment: 'local',
    target: 'local',
    ports: { ...ports, keycloakManagement: 4596, smtp: 4595, mailbox: 4594 },
    publicUrl,
    created: '2026-11-24T12:00:00.000Z',
  })
  return { env: { AUTHSTACK_HOME: join(root, 'home') }, project, state, calls, publicUrl }
}

export const defaultSettings = `import type { Settings } from './src/settings.ts'

export default {
  project: 'acme-auth',
  name: 'Acme',
  // Kept: comments and order.
  permissions: [{ name: 'projects:create', description: 'Create projects' }],
  roles: { admin: ['projects:*'], viewer: [] },
  allowedOrigins: [],
  redirectUris: [],
  environments: { local: { target: 'local', port: null } },
} satisfies Settings
`

function write(folder: string, name: string, value: unknown): void {
  writeFileSync(join(folder, name), JSON.stringify(value))
}

async function listen(
  handle: (request: IncomingMessage) => Promise<Answer>,
  socket?: string,
): Promise<Server> {
  const server = createServer(async (request, response) => {
    const { status = 200, body } = await handle(request)
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(body === null ? undefined : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => {
    if (socket) server.listen(socket, resolve)
    else server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return server
}

async function text(request: IncomingMessage): Promise<string> {
  let all = ''
  for await (const chunk of request) all += chunk
  return all
}
