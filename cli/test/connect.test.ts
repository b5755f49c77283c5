import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli } from './run-cli.ts'
import { type Call, startStandIn } from './stand-in.ts'

/** Keys as the API keeps them, so that the second run finds what the first one made. */
function keyRoutes() {
  const keys: Record<string, unknown>[] = []
  return ({ method, path, body }: Call) => {
    if (method === 'GET') return { body: { data: keys, page: null } }
    if (method === 'PATCH') {
      const key = keys.find(({ id }) => path.endsWith(String(id)))
      return { body: Object.assign(key as object, body) }
    }
    const key = {
      id: `key${keys.length}`,
      key: `ask_live_key${keys.length}`,
      revokedAt: null,
      ...(body as object),
    }
    keys.push(key)
    return { status: 201, body: key }
  }
}

function makeApp(project: string, manifest: object): string {
  const folder = join(dirname(project), 'web')
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  return folder
}

describe('connect', () => {
  test('a Vite app: variables, settings and key; a second run changes nothing', async () => {
    const instance = await startStandIn(keyRoutes())
    const app = makeApp(instance.project, {
      devDependencies: { vite: '8' },
      scripts: { dev: 'vite' },
    })
    writeFileSync(join(app, '.env.local'), '# mine\nOTHER=1\nVITE_AUTHSTACK_KEY=old\n')
    const at = { cwd: instance.project, env: instance.env }
    const first = await runCli(['connect', '../web', '--json'], at)
    expect(first.code, first.stderr).toBe(0)
    expect(first.json).toMatchObject({
      framework: 'vite',
      key: 'ask_live_key0',
      endpoint: instance.publicUrl,
      origin: 'http://localhost:5173',
      changed: { envFile: true, settings: true, key: true },
    })
    const lines = `# mine\nOTHER=1\nVITE_AUTHSTACK_KEY=ask_live_key0\nVITE_AUTHSTACK_ENDPOINT=${instance.publicUrl}\n`
    expect(readFileSync(join(app, '.env.local'), 'utf8')).toBe(lines)
    const settings = readFileSync(join(instance.project, 'authstack.config.ts'), 'utf8')
    expect(settings).toContain("allowedOrigins: ['http://localhost:5173'],")
    expect(settings).toContain("redirectUris: ['http://localhost:5173/callback'],")
    expect(settings).toContain('// Kept: comments and order.')

    const second = await runCli(['connect', '../web', '--json'], at)
    expect(second.json.changed).toEqual({ envFile: false, settings: false, key: false })
    expect(second.json.key).toBe('ask_live_key0')
    expect(readFileSync(join(instance.project, 'authstack.config.ts'), 'utf8')).toBe(settings)
    expect(instance.calls.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  test('another origin is added to the same key by the operator route', async () => {
    const instance = await startStandIn(keyRoutes())
    makeApp(instance.project, {
      dependencies: { next: '16' },
      scripts: { dev: 'next dev -p 3300' },
    })
    const at = { cwd: instance.project, env: instance.env }
    await runCli(['connect', '../web'], at)
    const outcome = await runCli(['connect', '../web', '--origin', 'http://127.0.0.1:3300'], at)
    expect(outcome.code, outcome.stderr).toBe(0)
    expect(instance.calls.at(-1)).toMatchObject({
      method: 'PATCH',
      path: '/keys/key0',
      body: { origins: ['http://localhost:3300', 'http://127.0.0.1:3300'] },
    })
  })

  test('a Next.js app gets NEXT_PUBLIC_ names', async () => {
    const instance = await startStandIn(keyRoutes())
    const app = makeApp(instance.project, { dependencies: { next: '16' } })
    const at = { cwd: instance.project, env: instance.env }
    expect((await runCli(['connect', '../web'], at)).code).toBe(0)
    const text = readFileSync(join(app, '.env.local'), 'utf8')
    expect(text).toContain('NEXT_PUBLIC_AUTHSTACK_KEY=ask_live_key0')
    expect(text).toContain('NEXT_PUBLIC_AUTHSTACK_ENDPOINT=http://localhost:4599')
  })

  test('refuses a secret key, an unknown key, no app, and a key that cannot be had', async () => {
    const instance = await startStandIn(keyRoutes())
    const app = makeApp(instance.project, { devDependencies: { vite: '8' } })
    const at = { cwd: instance.project, env: instance.env }
    const run = async (...args: string[]) => (await runCli(['connect', ...args, '--json'], at)).json
    const secret = await run('../web', '--key', 'authstack_sec_live_x')
    expect(secret.error).toMatchObject({ code: 'key_not_publishable', exitCode: 2 })
    expect((await run('../web', '--key', 'ask_live_other')).error.code).toBe('key_unknown')
    expect((await run('..')).error.code).toBe('app_not_found')
    writeFileSync(join(app, 'package.json'), '{"name":"plain"}')
    expect((await run('../web')).error.code).toBe('app_unknown')
    writeFileSync(join(app, 'package.json'), '{"devDependencies":{"vite":"8"}}')
    const empty = { ...instance.env, AUTHSTACK_HOME: join(instance.state, 'none') }
    const none = await runCli(['connect', '../web', '--json'], { ...at, env: empty })
    expect(none.json.error).toMatchObject({ code: 'key_missing', exitCode: 2 })
    expect(() => readFileSync(join(app, '.env.local'))).toThrow()
  })
})
