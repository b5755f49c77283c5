import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { digestFiles, digestOf, manifestFile } from '../src/release/manifest.ts'
import { runCli } from './run-cli.ts'
import { defaultSettings, type StandIn, startStandIn } from './stand-in.ts'

/** A release folder as deploy leaves it. */
function makeRelease(instance: StandIn, version: string, content: Record<string, string>): void {
  const folder = join(instance.state, 'releases', version)
  for (const [path, text] of Object.entries(content)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const files = digestFiles(folder, Object.keys(content))
  writeFileSync(
    join(folder, manifestFile),
    JSON.stringify({ version, sourceDigest: digestOf(files), files }),
  )
}

async function twoReleases(): Promise<StandIn> {
  const instance = await startStandIn(() => ({ body: null }))
  makeRelease(instance, 'v1.0', {
    'authstack.config.ts': defaultSettings,
    'src/main.ts': 'old',
    'src/gone.ts': 'x',
  })
  makeRelease(instance, 'v1.1', {
    'authstack.config.ts': defaultSettings
      .replace("name: 'Acme',", "name: 'Acme',\n  theme: { primaryColor: '#0f766e' },")
      .replace('Create projects', 'Create and copy projects')
      .replace('viewer: []', "viewer: ['members:view']"),
    'src/main.ts': 'new',
    'extensions/migrations/0002_drop.ts': "export const kind: 'contract' = 'contract'\n",
  })
  const entry = {
    action: 'deploy',
    status: 'live',
    by: 'ada',
    seconds: 9,
    commit: null,
    message: null,
  }
  writeFileSync(
    join(instance.state, 'history.json'),
    JSON.stringify({
      entries: [
        { ...entry, version: 'v1.0', at: '2026-11-20T12:00:00.000Z' },
        { ...entry, version: 'v1.1', at: '2026-11-21T12:00:00.000Z', barriers: ['0002_drop'] },
      ],
    }),
  )
  return instance
}

describe('diff and history', () => {
  test('diff shows settings by value and word, migrations by kind, and files', async () => {
    const instance = await twoReleases()
    const at = { cwd: instance.project, env: instance.env }
    const { code, stdout, stderr } = await runCli(['diff', 'v1.0', 'v1.1'], at)
    expect(code, stderr).toBe(0)
    expect(stdout).toContain('theme.primaryColor  not set → #0f766e')
    expect(stdout).toContain('Create {+and copy +}projects')
    expect(stdout).toContain('+ members:view')
    expect(stdout).toContain('+ 0002_drop contract: no rollback beyond it')
    expect(stdout).toContain('~ src/main.ts')
    expect(stdout).toContain('- src/gone.ts')
    const back = await runCli(['diff', '1.1', 'v1.0', '--json'], at)
    expect(back.json.migrations).toEqual([
      { name: '0002_drop', kind: 'contract', change: 'removed' },
    ])
    const same = await runCli(['diff', 'v1.1'], at)
    expect(same.stdout).toContain('No difference.')
  })

  test('diff of a version that is not there is exit 2 and lists what is', async () => {
    const instance = await twoReleases()
    const at = { cwd: instance.project, env: instance.env }
    const outcome = await runCli(['diff', 'v1.0', 'v9.9', '--json'], at)
    expect(outcome.json.error).toMatchObject({ code: 'version_unknown', exitCode: 2 })
    expect(outcome.json.error.why).toContain('v1.1')
    expect((await runCli(['diff', '../../etc', '--json'], at)).json.error.code).toBe(
      'version_unknown',
    )
  })

  test('history is newest first and says what serves and what is kept', async () => {
    const instance = await twoReleases()
    const at = { cwd: instance.project, env: instance.env }
    const { json } = await runCli(['history', '--json'], at)
    expect(json).toMatchObject({ environment: 'local', current: 'v1.1' })
    expect(json.entries.map(({ version }: { version: string }) => version)).toEqual([
      'v1.1',
      'v1.0',
    ])
    expect(json.entries[0].kept).toBe(true)
    expect((await runCli(['history'], at)).stdout).toMatch(/✓ {2}v1\.1/)
  })
})

describe('doctor', () => {
  test('finds and --fix repairs a left lock, open credentials and ended processes', async () => {
    const instance = await startStandIn(() => ({ body: null }))
    const at = { cwd: instance.project, env: instance.env }
    const secret = join(instance.state, 'credentials/operator-client')
    chmodSync(secret, 0o644)
    const holder = {
      owner: 'ada',
      host: 'x',
      pid: 999_999,
      startTime: '1',
      bootId: 'old',
      command: 'deploy',
      at: 'then',
    }
    writeFileSync(join(instance.state, 'lock'), JSON.stringify(holder))
    mkdirSync(join(instance.state, 'run'))
    writeFileSync(
      join(instance.state, 'run/keycloak.json'),
      JSON.stringify({ name: 'keycloak', pid: 999_999, startTime: '1' }),
    )
    const before = await runCli(['doctor', '--json'], at)
    expect(before.code).toBe(1)
    const failing = statusOf(before.json)
    expect(failing).toMatchObject({ lock: 'warn', credentials: 'fail', processes: 'fail' })

    // The cache is made by hand: the repair of a missing one would download Keycloak.
    const cache = join(instance.state, 'cache')
    mkdirSync(join(cache, 'downloads'), { recursive: true })
    writeFileSync(join(cache, 'downloads/keycloak-26.7.3.zip'), '')
    const fixed = await runCli(['doctor', '--fix', '--json'], {
      ...at,
      env: { ...instance.env, AUTHSTACK_CACHE: cache },
    })
    expect(fixed.json.fixed).toHaveLength(3)
    expect(statusOf(fixed.json)).toMatchObject({ lock: 'ok', credentials: 'ok', processes: 'ok' })
    expect(statSync(secret).mode & 0o777).toBe(0o600)
  })

  test('says what the settings have wrong, with the line', async () => {
    const instance = await startStandIn(
      () => ({ body: null }),
      defaultSettings.replace('[]', 'process.env.X'),
    )
    const { json } = await runCli(['doctor', '--json'], {
      cwd: instance.project,
      env: instance.env,
    })
    const check = json.checks.find(({ id }: { id: string }) => id === 'settings')
    expect(check.status).toBe('fail')
    expect(check.detail).toContain('line 8')
  })
})

// biome-ignore lint/suspicious/noExplicitAny: the answer of a command
function statusOf(json: any): Record<string, string> {
  return Object.fromEntries(
    json.checks.map(({ id, status }: { id: string; status: string }) => [id, status]),
  )
}
