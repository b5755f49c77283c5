import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli } from './run-cli.ts'
import { startStandIn } from './stand-in.ts'

const key = {
  id: 'k3v9a2Xq',
  kind: 'browser',
  mode: 'live',
  name: 'web',
  key: `ask_live_k3v9a2Xq_${'s'.repeat(43)}_abcdef`,
  origins: ['https://app.example.com'],
  redirectUris: [],
  sessionDelivery: 'cookie',
  scopes: [],
  createdAt: '2026-11-20T12:00:00.000Z',
  expiresAt: null,
  revokedAt: null,
}
const user = {
  id: '0b1c6f0e-0000-4000-8000-000000000001',
  email: 'ada@example.com',
  emailVerified: true,
  firstName: 'Ada',
  lastName: null,
  name: 'Ada',
  createdAt: '2026-11-20T12:00:00.000Z',
}

describe('keys', () => {
  test('list: a table of at most 80 columns; with --json what the route said', async () => {
    const list = { data: [key], page: { nextCursor: null, hasMore: false } }
    const instance = await startStandIn(() => ({ body: list }))
    const at = { cwd: instance.project, env: instance.env }
    const plain = await runCli(['keys', 'list', '--mode', 'test'], at)
    expect(plain.code, plain.stderr).toBe(0)
    expect(plain.stdout).toContain('k3v9a2Xq')
    for (const line of plain.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    expect(instance.calls[0]).toMatchObject({
      method: 'GET',
      path: '/keys',
      query: { mode: 'test' },
    })
    const json = await runCli(['keys', 'list', '--json'], at)
    expect(json.json).toEqual(list)
    expect(json.stderr).toBe('')
  })

  test('create: sends what the flags say; the key stands alone on stdout', async () => {
    const instance = await startStandIn(() => ({ status: 201, body: key }))
    const flags = ['--kind', 'browser', '--name', 'web', '--origin', 'https://app.example.com']
    const more = ['--redirect-uri', 'https://app.example.com/callback', '--session-delivery', 'bff']
    const outcome = await runCli(['keys', 'create', ...flags, ...more], {
      cwd: instance.project,
      env: instance.env,
    })
    expect(outcome.stdout).toBe(`${key.key}\n`)
    expect(instance.calls[0]).toMatchObject({
      method: 'POST',
      path: '/keys',
      query: { mode: 'live' },
      body: {
        kind: 'browser',
        name: 'web',
        origins: ['https://app.example.com'],
        redirectUris: ['https://app.example.com/callback'],
        sessionDelivery: 'bff',
      },
    })
  })

  test('create without a name and a terminal is exit 2 naming the flag, and calls nothing', async () => {
    const instance = await startStandIn(() => ({ body: key }))
    const at = { cwd: instance.project, env: instance.env }
    const outcome = await runCli(['keys', 'create', '--kind', 'native', '--json'], at)
    expect(outcome.code).toBe(2)
    expect(outcome.json.error.next.join()).toContain('--name')
    const origin = [
      '--kind',
      'browser',
      '--name',
      'x',
      '--origin',
      'https://a.example/path',
      '--json',
    ]
    const wrong = await runCli(['keys', 'create', ...origin], at)
    expect(wrong.json.error).toMatchObject({ code: 'origin_invalid', exitCode: 2 })
    expect(wrong.json.error.next.join()).toContain('https://a.example')
    expect(instance.calls).toEqual([])
  })

  test('revoke asks first: exit 2 without a terminal, done with --yes', async () => {
    const instance = await startStandIn(() => ({ body: { ...key, revokedAt: 'now' } }))
    const at = { cwd: instance.project, env: instance.env }
    const asked = await runCli(['keys', 'revoke', 'k3v9a2Xq', '--json'], at)
    expect(asked.code).toBe(2)
    expect(asked.json.error.next.join()).toContain('--yes')
    expect(instance.calls).toEqual([])
    expect((await runCli(['keys', 'revoke', 'k3v9a2Xq', '--yes'], at)).code).toBe(0)
    expect(instance.calls[0]?.path).toBe('/keys/k3v9a2Xq/revoke')
  })

  test('rotate keeps the old key for a day unless told otherwise', async () => {
    const instance = await startStandIn(() => ({ status: 201, body: key }))
    const at = { cwd: instance.project, env: instance.env }
    await runCli(['keys', 'rotate', 'k3v9a2Xq'], at)
    await runCli(['keys', 'rotate', 'k3v9a2Xq', '--overlap-minutes', '0'], at)
    expect(instance.calls.map(({ body }) => body)).toEqual([
      { overlapMinutes: 1440 },
      { overlapMinutes: 0 },
    ])
  })
})

describe('users and orgs', () => {
  test('show, verify, unlock and revoke-sessions name the user in the path', async () => {
    const instance = await startStandIn(() => ({ body: user }))
    const at = { cwd: instance.project, env: instance.env }
    const shown = await runCli(['users', 'show', 'ada@example.com', '--json'], at)
    expect(shown.json).toEqual(user)
    for (const args of [['verify'], ['unlock'], ['revoke-sessions', '--yes']]) {
      const [action = '', ...flags] = args
      expect((await runCli(['users', action, 'ada@example.com', ...flags], at)).code).toBe(0)
    }
    expect(instance.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /users/ada@example.com',
      'POST /users/ada@example.com/verify',
      'POST /users/ada@example.com/unlock',
      'POST /users/ada@example.com/revoke-sessions',
    ])
  })

  test('create takes the password from stdin, and there is no flag for it', async () => {
    const instance = await startStandIn(() => ({ status: 201, body: user }))
    const at = { cwd: instance.project, env: instance.env }
    const args = ['users', 'create', '--email', 'ada@example.com', '--with-password', '--verified']
    const outcome = await runCli(args, { ...at, input: 'correct horse battery\n' })
    expect(outcome.code, outcome.stderr).toBe(0)
    expect(instance.calls[0]?.body).toEqual({
      email: 'ada@example.com',
      password: 'correct horse battery',
      emailVerified: true,
    })
    expect((await runCli([...args.slice(0, 4), '--password', 'x'], at)).code).toBe(2)
    const none = await runCli([...args, '--json'], at)
    expect(none.json.error).toMatchObject({ code: 'answer_missing', exitCode: 2 })
  })

  const organization = {
    id: '0b1c6f0e-0000-4000-8000-000000000002',
    slug: 'acme',
    name: 'Acme',
    status: 'active',
    members: 7,
    createdAt: '2026-11-20T12:00:00.000Z',
    plan: 'pro',
    subscriptionStatus: 'past_due',
    paidUntil: '2026-12-01T00:00:00.000Z',
    pendingPlan: null,
    limits: { members: 50, domains: null, projects: 3 },
    features: ['audit', 'sso'],
    usage: { members: 8, domains: 1 },
    overrides: { plan: null, limits: { members: 50 }, features: { audit: true, export: false } },
  }

  test('orgs show: the plan, what is used of each limit, and who set it', async () => {
    const instance = await startStandIn(() => ({ body: organization }))
    const at = { cwd: instance.project, env: instance.env }
    const { stdout } = await runCli(['orgs', 'show', 'acme'], at)
    expect(stdout).toMatch(/Plan +pro \(past_due\)/)
    expect(stdout).toMatch(/Paid until +2026-12-01/)
    expect(stdout).toMatch(/Features +audit \(given by an operator\), sso/)
    expect(stdout).toMatch(/Denied +export/)
    expect(stdout).toMatch(/members +8 +50 +operator/)
    expect(stdout).toMatch(/domains +1 +unlimited +plan/)
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    expect((await runCli(['orgs', 'show', 'acme', '--json'], at)).json).toEqual(organization)
  })

  test('orgs restore: brings a deleted one back, and says what it could not find', async () => {
    const instance = await startStandIn(({ path }) =>
      path.includes('absent')
        ? { status: 404, body: { code: 'not_found', title: 'There is nothing here' } }
        : { body: organization },
    )
    const at = { cwd: instance.project, env: instance.env }
    const outcome = await runCli(['orgs', 'restore', 'acme'], at)
    expect(outcome.code, outcome.stderr).toBe(0)
    expect(`${outcome.stdout}${outcome.stderr}`).toContain('is back')
    expect(instance.calls).toMatchObject([{ method: 'POST', path: '/organizations/acme/restore' }])
    const absent = await runCli(['orgs', 'restore', 'absent'], at)
    expect(absent.code).toBe(1)
    expect(absent.stderr).toContain('no deleted organization "absent"')
  })

  test('orgs list --deleted asks for those alone', async () => {
    const gone = { ...organization, restorableUntil: '2999-01-01T00:00:00.000Z' }
    const instance = await startStandIn(() => ({ body: { data: [gone], page: null } }))
    const at = { cwd: instance.project, env: instance.env }
    expect((await runCli(['orgs', 'list', '--deleted'], at)).stdout).toContain('GONE')
    expect(instance.calls).toMatchObject([{ query: { status: 'deleted' } }])
  })

  test('orgs set: sends what the flags say, "default" gives back to the plan', async () => {
    const instance = await startStandIn(() => ({ body: organization }))
    const at = { cwd: instance.project, env: instance.env }
    const flags = [
      '--limit',
      'members=50',
      '--limit',
      'domains=unlimited',
      '--limit',
      'apiKeys=default',
    ]
    const more = ['--feature', 'sso=on', '--feature', 'audit=off', '--feature', 'export=default']
    const set = await runCli(['orgs', 'set', 'acme', '--plan', 'pro', ...flags, ...more], at)
    expect(set.code, set.stderr).toBe(0)
    await runCli(['orgs', 'set', 'acme', '--plan', 'default', '--mode', 'test'], at)
    expect(instance.calls).toMatchObject([
      {
        method: 'PATCH',
        path: '/organizations/acme',
        query: { mode: 'live' },
        body: {
          plan: 'pro',
          overrides: {
            limits: { members: 50, domains: 'unlimited', apiKeys: null },
            features: { sso: true, audit: false, export: null },
          },
        },
      },
      { query: { mode: 'test' }, body: { plan: null } },
    ])
  })

  test('orgs set: nothing to set and what cannot be read are exit 2, and call nothing', async () => {
    const instance = await startStandIn(() => ({ body: organization }))
    const at = { cwd: instance.project, env: instance.env }
    const none = await runCli(['orgs', 'set', 'acme', '--json'], at)
    expect(none.json.error).toMatchObject({ code: 'nothing_to_set', exitCode: 2 })
    for (const wrong of [
      ['--limit', 'members'],
      ['--limit', 'members=-1'],
      ['--limit', 'members=many'],
      ['--feature', 'sso'],
      ['--feature', 'sso=yes'],
    ]) {
      const outcome = await runCli(['orgs', 'set', 'acme', ...wrong, '--json'], at)
      expect(outcome.json.error, wrong.join(' ')).toMatchObject({
        code: 'entitlement_invalid',
        exitCode: 2,
      })
    }
    expect(instance.calls).toEqual([])
  })

  test('a name that holds terminal codes is shown without them', async () => {
    const evil = {
      ...user,
      members: 1,
      name: '\u001b]0;owned\u0007Ada\u001b[2J',
      plan: null,
      slug: 'a',
    }
    const instance = await startStandIn(() => ({ body: { data: [evil], page: null } }))
    const at = { cwd: instance.project, env: instance.env }
    for (const what of ['users', 'orgs']) {
      const outcome = await runCli([what, 'list'], at)
      expect(outcome.stdout).toContain('Ada')
      expect([...outcome.stdout].filter((sign) => sign < ' ' && sign !== '\n')).toEqual([])
    }
  })

  test('an empty list says so on stdout', async () => {
    const instance = await startStandIn(() => ({ body: { data: [], page: null } }))
    const at = { cwd: instance.project, env: instance.env }
    expect((await runCli(['users', 'list'], at)).stdout).toBe('No users found.\n')
    expect((await runCli(['orgs', 'list'], at)).stdout).toBe('No organizations yet.\n')
  })
})

describe('what goes wrong', () => {
  test('a problem of the API becomes our error with its code', async () => {
    const problem = { title: 'Not found', detail: 'There is no such user.', code: 'not_found' }
    const instance = await startStandIn(() => ({ status: 404, body: problem }))
    const at = { cwd: instance.project, env: instance.env }
    const outcome = await runCli(['users', 'show', 'nobody@example.com', '--json'], at)
    expect(outcome.code).toBe(1)
    expect(outcome.json.error).toMatchObject({
      code: 'not_found',
      what: 'There is no user nobody@example.com.',
      exitCode: 1,
    })
  })

  test('an API that does not answer is exit 5 and names the command that brings it back', async () => {
    const instance = await startStandIn(() => ({ body: {} }))
    rmSync(join(instance.state, 'operator-a.sock'))
    const outcome = await runCli(['users', 'list', '--json'], {
      cwd: instance.project,
      env: instance.env,
    })
    expect(outcome.json.error).toMatchObject({ code: 'instance_down', exitCode: 5 })
    expect(outcome.json.error.next.join()).toContain('authstack deploy')
  })

  test('a wrong operator secret is exit 4', async () => {
    const instance = await startStandIn(() => ({ body: {} }))
    const file = join(instance.state, 'credentials/operator-client')
    const at = { cwd: instance.project, env: instance.env }
    chmodSync(file, 0o600)
    writeFileSync(file, 'wrong')
    const outcome = await runCli(['orgs', 'list', '--json'], at)
    expect(outcome.json.error).toMatchObject({ code: 'operator_refused', exitCode: 4 })
    rmSync(file)
    const gone = await runCli(['orgs', 'list', '--json'], at)
    expect(gone.json.error).toMatchObject({ code: 'operator_secret_unreadable', exitCode: 4 })
  })

  test('a project that was never deployed, an unknown environment, no project at all', async () => {
    const instance = await startStandIn(() => ({ body: {} }))
    const empty = { ...instance.env, AUTHSTACK_HOME: join(instance.state, 'nothing-here') }
    const at = { cwd: instance.project, env: empty }
    const list = ['keys', 'list', '--json']
    expect((await runCli(list, at)).json.error).toMatchObject({ code: 'not_deployed', exitCode: 5 })
    const other = await runCli([...list, '--env', 'production'], at)
    expect(other.json.error).toMatchObject({ code: 'environment_unknown', exitCode: 3 })
    const none = await runCli(list, { cwd: instance.state, env: empty })
    expect(none.json.error).toMatchObject({ code: 'project_not_found', exitCode: 2 })
  })
})
