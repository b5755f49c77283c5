import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { authstack, makeSandbox, type Outcome, type Sandbox, told } from '../lib/authstack.ts'
import { endSandbox } from '../lib/end-sandbox.ts'

describe('the CLI refuses in words, by its exit code, and writes nothing', {
  concurrency: 2,
}, () => {
  let box: Sandbox
  before(() => {
    box = makeSandbox()
  })
  after(() => endSandbox(box))

  const refusals: [string, string[], RegExp][] = [
    ['a name that is none', ['init', '.', '--name', '', '--yes'], /name/i],
    ['a name with a control character', ['init', '.', '--name', 'a\u0007b', '--yes'], /name/i],
    ['an endless name', ['init', '.', '--name', 'x'.repeat(300), '--yes'], /name/i],
    [
      'an unknown region',
      ['init', '.', '--name', 'Acme', '--region', 'mars-1', '--yes'],
      /region/i,
    ],
    ['an unknown flag', ['init', '.', '--frobnicate'], /frobnicate/],
  ]
  for (const [what, args, says] of refusals) {
    test(`init refuses ${what} with exit 2 and an untouched folder`, async () => {
      const cwd = emptyFolder(box, what)
      const outcome = await authstack(args, { box, cwd })
      expectRefusal(args, outcome, 2, says)
      assert.deepEqual(readdirSync(cwd), [])
    })
  }

  test('init refuses a folder with files in the way, names them, and leaves them as they were', async () => {
    const cwd = emptyFolder(box, 'full')
    mkdirSync(join(cwd, 'src'))
    writeFileSync(join(cwd, 'package.json'), '{"name":"mine"}')
    writeFileSync(join(cwd, 'src', 'main.ts'), 'mine')
    const args = ['init', '.', '--name', 'Acme', '--yes']
    const outcome = await authstack(args, { box, cwd })
    assert.notEqual(outcome.code, 0)
    expectRefusal(args, outcome, outcome.code, /package\.json/)
    assert.deepEqual(readdirSync(cwd).sort(), ['package.json', 'src'])
    assert.equal(readFileSync(join(cwd, 'package.json'), 'utf8'), '{"name":"mine"}')
    assert.deepEqual(readdirSync(join(cwd, 'src')), ['main.ts'])
  })

  test('init without a terminal and without a name is exit 2 and names the flag, not a hang', async () => {
    const cwd = emptyFolder(box, 'mute')
    const args = ['init', '.']
    const outcome = await authstack(args, { box, cwd, timeoutSeconds: 30 })
    expectRefusal(args, outcome, 2, /--name/)
    assert.deepEqual(readdirSync(cwd), [])
  })

  test('init in a repository with changes that are not committed touches none of them', async () => {
    const cwd = emptyFolder(box, 'dirty')
    execFileSync('git', ['init', '-q'], { cwd })
    mkdirSync(join(cwd, 'auth'))
    writeFileSync(join(cwd, 'auth', 'authstack.config.ts'), 'mine')
    const args = ['init', 'auth', '--name', 'Acme', '--yes']
    const outcome = await authstack(args, { box, cwd })
    assert.notEqual(outcome.code, 0)
    assert.equal(readFileSync(join(cwd, 'auth', 'authstack.config.ts'), 'utf8'), 'mine')
    assert.deepEqual(readdirSync(join(cwd, 'auth')), ['authstack.config.ts'])
    assert.throws(() => execFileSync('git', ['log'], { cwd, stdio: 'pipe' }), 'no commit was made')
  })

  const commands = [
    ['deploy', '--env', 'local', '--yes'],
    ['status'],
    ['logs'],
    ['stop'],
    ['open'],
    ['history'],
    ['diff', 'v1.0', 'v1.1'],
    ['rollback', '--yes'],
    ['dev'],
    ['keys', 'list'],
    ['keys', 'create', '--kind', 'native', '--name', 'x'],
    ['secrets', 'list'],
    ['orgs', 'list'],
    ['users', 'list'],
    ['types'],
  ]
  for (const args of commands) {
    test(`${args.slice(0, 2).join(' ')} outside a project says so, at once and as JSON`, async () => {
      const cwd = emptyFolder(box, `none-${args.join('-')}`)
      const outcome = await authstack([...args, '--json'], { box, cwd, timeoutSeconds: 30 })
      assert.ok([1, 2].includes(outcome.code), told(args, outcome))
      assert.ok(outcome.json?.error?.code && outcome.json.error.next?.length, told(args, outcome))
      assert.equal(outcome.json.error.exitCode, outcome.code)
      assert.notEqual(outcome.json.error.code, 'command_unknown', told(args, outcome))
      assert.match(JSON.stringify(outcome.json.error), /authstack init|project/)
      assert.deepEqual(readdirSync(cwd), [])
    })
  }

  const usage = [
    ['deploy', '--nope'],
    ['deploy', 'extra'],
    ['rollback', 'v1.0', 'v1.1'],
    ['keys', 'create', '--kind', 'golden'],
    ['keys', 'revoke'],
    ['users', 'show'],
    ['diff'],
    ['secrets', 'set'],
    ['logs', '--mode', 'sideways'],
    ['nothing-like-this'],
  ]
  for (const args of usage) {
    test(`authstack ${args.join(' ')} is a usage error: exit 2, four lines, the next step`, async () => {
      const cwd = emptyFolder(box, `usage-${args.join('-')}`)
      const outcome = await authstack(args, { box, cwd, timeoutSeconds: 30 })
      expectRefusal(args, outcome, 2, /--help|Read more/)
      assert.equal(outcome.stdout, '')
      const isUnknown = /There is no command/.test(outcome.stderr)
      assert.equal(isUnknown, args[0] === 'nothing-like-this', told(args, outcome))
    })
  }

  test('--help and --version answer on stdout with exit 0', async () => {
    for (const args of [['--help'], ['--version'], ['deploy', '--help'], ['keys', '--help']]) {
      const outcome = await authstack(args, { box, cwd: box.folder, timeoutSeconds: 30 })
      assert.equal(outcome.code, 0, told(args, outcome))
      assert.ok(outcome.stdout.length > 3, told(args, outcome))
    }
  })
})

function emptyFolder(box: Sandbox, name: string): string {
  const folder = join(box.folder, name.replace(/\W+/g, '-'))
  mkdirSync(folder)
  return folder
}

/** A refusal says what, why and what to do on stderr, and shows no stack. */
function expectRefusal(args: string[], outcome: Outcome, code: number, says: RegExp): void {
  assert.equal(outcome.code, code, told(args, outcome))
  assert.match(outcome.stderr, says)
  assert.doesNotMatch(outcome.stderr, /\n\s+at |node:internal/, 'a stack is for bugs only')
  const lines = outcome.stderr.trim().split('\n')
  assert.ok(lines.length >= 3 && lines.length <= 12, told(args, outcome))
}
