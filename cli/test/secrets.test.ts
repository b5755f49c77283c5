import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli } from './run-cli.ts'
import { startStandIn } from './stand-in.ts'

describe('secrets', () => {
  test('set from stdin, listed by name and date, unset; the file is for its owner only', async () => {
    const instance = await startStandIn(() => ({ body: null }))
    const at = { cwd: instance.project, env: instance.env }
    const file = join(instance.state, 'credentials/secrets.json')
    const set = await runCli(['secrets', 'set', 'STRIPE_SECRET_KEY'], { ...at, input: 's3cret\n' })
    expect(set.code, set.stderr).toBe(0)
    expect(set.stdout + set.stderr).not.toContain('s3cret')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ STRIPE_SECRET_KEY: 's3cret' })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(join(instance.state, 'credentials')).mode & 0o777).toBe(0o700)

    const listed = await runCli(['secrets', 'list', '--json'], at)
    expect(listed.json.data).toEqual([{ name: 'STRIPE_SECRET_KEY', setAt: expect.any(String) }])
    expect(listed.stdout).not.toContain('s3cret')
    expect((await runCli(['secrets', 'list'], at)).stdout).toContain('STRIPE_SECRET_KEY')

    expect((await runCli(['secrets', 'unset', 'STRIPE_SECRET_KEY', '--yes'], at)).code).toBe(0)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({})
    const again = await runCli(['secrets', 'unset', 'STRIPE_SECRET_KEY', '--yes', '--json'], at)
    expect(again.json.error.code).toBe('secret_unknown')
  })

  test('a value never comes by argument, and a missing one is exit 2, not a hang', async () => {
    const instance = await startStandIn(() => ({ body: null }))
    const at = { cwd: instance.project, env: instance.env }
    for (const args of [['NAME', 'value'], ['NAME', '--value', 'x'], ['NAME=value'], ['NAME']]) {
      const outcome = await runCli(['secrets', 'set', ...args, '--json'], at)
      expect(outcome.code, args.join(' ')).toBe(2)
    }
  })
})
