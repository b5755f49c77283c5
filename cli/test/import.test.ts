import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli } from './run-cli.ts'
import { type Call, startStandIn } from './stand-in.ts'

const hash = '$2b$10$eApMKv9hRhaCMtRQgahIq.mlVCGSbbzyfKYLidj03JbbrmdNYvWZe'

type Sent = { users: { email: string; password?: unknown }[]; onConflict: string; dryRun: boolean }

/** The import route as the server answers it: everybody is new. */
function created(call: Call) {
  const { users } = call.body as Sent
  const results = users.map((user) => ({
    outcome: 'created',
    password: user.password ? 'kept' : 'none',
    fault: null,
    joined: false,
  }))
  return { body: { results } }
}

async function project(people: number, answer: (call: Call) => { status?: number; body: unknown }) {
  const instance = await startStandIn(answer)
  const lines = Array.from({ length: people }, (_, index) => `p${index}@example.com,${hash}`)
  writeFileSync(join(instance.project, 'users.csv'), `email,password_hash\n${lines.join('\n')}\n`)
  return { instance, at: { cwd: instance.project, env: instance.env } }
}

const sent = (calls: Call[]) => calls.map((call) => call.body as Sent)

describe('import', () => {
  test('sends everybody in batches and says how the passwords came along', async () => {
    const { instance, at } = await project(250, created)
    const outcome = await runCli(['import', 'users.csv', '--json'], at)
    expect(outcome.code, outcome.stderr).toBe(0)
    expect(outcome.json).toMatchObject({
      format: 'csv',
      people: 250,
      created: 250,
      failed: 0,
      passwords: { kept: 250 },
    })
    expect(sent(instance.calls).map(({ users }) => users.length)).toEqual([100, 100, 50])
    expect(sent(instance.calls)[0]).toMatchObject({ onConflict: 'skip', dryRun: false })
  })

  test('a hash is in no word that it prints, and not in its journal', async () => {
    const { instance, at } = await project(3, () => ({
      status: 400,
      body: { code: 'invalid_request', title: 'No' },
    }))
    const failed = await runCli(['import', 'users.csv'], at)
    const folder = join(instance.state, 'imports')
    const works = await project(3, created)
    const outcome = await runCli(['import', 'users.csv', '--json'], works.at)
    const [journal = ''] = readdirSync(join(works.instance.state, 'imports'))
    const path = join(works.instance.state, 'imports', journal)
    const words = [failed.stdout, failed.stderr, outcome.stdout, outcome.stderr]
    expect([...words, readFileSync(path, 'utf8')].join()).not.toContain('$2b$')
    expect(statSync(path).mode & 0o077, 'only for who deployed').toBe(0)
    expect(failed.code).toBe(5)
    expect(() => readdirSync(folder)).toThrow()
  })

  test('goes on where it stopped, and --restart begins anew', async () => {
    let isDown = false
    let calls = 0
    const { instance, at } = await project(250, (call) => {
      calls++
      if (calls === 2 && !isDown) {
        isDown = true
        return { status: 400, body: { code: 'invalid_request', title: 'Stop here' } }
      }
      return created(call)
    })
    const first = await runCli(['import', 'users.csv', '--json'], at)
    expect(first.json.error).toMatchObject({ code: 'import_stopped' })
    expect(first.json.error.what).toContain('100 of 250')
    const second = await runCli(['import', 'users.csv', '--json'], at)
    expect(second.json).toMatchObject({ resumedAt: 100, created: 250, people: 250 })
    const firsts = sent(instance.calls).map(({ users }) => users[0]?.email)
    expect(firsts).toEqual([
      'p0@example.com',
      'p100@example.com',
      'p100@example.com',
      'p200@example.com',
    ])
    const again = await runCli(['import', 'users.csv', '--json', '--restart'], at)
    expect(again.json).toMatchObject({ resumedAt: 0 })
  })

  test('waits for an instance that is away for a moment', async () => {
    let calls = 0
    const { at } = await project(5, (call) =>
      ++calls < 3 ? { status: 503, body: { code: 'unavailable', title: 'Away' } } : created(call),
    )
    const outcome = await runCli(['import', 'users.csv', '--json'], at)
    expect(outcome.json).toMatchObject({ created: 5 })
    expect(calls).toBe(3)
  })

  test('a dry run asks with dryRun and leaves no journal', async () => {
    const { instance, at } = await project(5, created)
    const args = ['import', 'users.csv', '--dry-run', '--on-conflict', 'update']
    const outcome = await runCli(args, at)
    expect(outcome.code, outcome.stderr).toBe(0)
    expect(outcome.stdout).toContain('nothing was written')
    expect(sent(instance.calls)[0]).toMatchObject({ dryRun: true, onConflict: 'update' })
    expect(() => readdirSync(join(instance.state, 'imports'))).toThrow()
  })

  test('faulty lines are listed with their numbers, and the command ends with 1', async () => {
    const { instance, at } = await project(0, (call) => {
      const { users } = call.body as Sent
      const results = users.map(() => ({
        outcome: 'failed',
        password: 'none',
        fault: { detail: 'This is not an email address' },
        joined: false,
      }))
      return { body: { results } }
    })
    writeFileSync(join(instance.project, 'users.csv'), 'email,name\nada,Ada\n,Nobody\n')
    const outcome = await runCli(['import', 'users.csv'], at)
    expect(outcome.code).toBe(1)
    expect(outcome.stdout).toMatch(/2 +ada +This is not an email address/)
    expect(outcome.stdout).toMatch(/3 +There is no email address/)
  })

  test('a file that is no list of people, an empty one, and none at all', async () => {
    const { instance, at } = await project(0, created)
    const run = async (name: string, content?: string) => {
      if (content !== undefined) writeFileSync(join(instance.project, name), content)
      return (await runCli(['import', name, '--json'], at)).json.error
    }
    expect(await run('notes.txt', 'just words')).toMatchObject({
      code: 'import_format_unknown',
      exitCode: 2,
    })
    expect(await run('none.csv')).toMatchObject({ code: 'import_file_unreadable', exitCode: 2 })
    expect(await run('half.json', '{"users": [\n')).toMatchObject({
      code: 'import_file_unreadable',
    })
    expect(await run('empty.csv', 'email,name\n')).toMatchObject({ code: 'import_empty' })
    expect(instance.calls).toEqual([])
  })
})
