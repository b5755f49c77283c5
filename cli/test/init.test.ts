import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli, tempFolder } from './run-cli.ts'

const author = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
}

describe('init makes a project', () => {
  test('in a new folder: one clean commit, its own tests passed, the template on a ref', async () => {
    const cwd = tempFolder()
    const args = ['init', 'acme-auth', '--name', 'Acme & Sons', '--with-app', '--yes', '--json']
    const outcome = await runCli(args, { cwd, env: author })
    expect(outcome.code, outcome.stderr).toBe(0)
    const folder = join(cwd, 'acme-auth')
    expect(outcome.json).toMatchObject({
      project: 'acme-auth',
      name: 'Acme & Sons',
      folder,
      appFolder: join(folder, 'app'),
      tested: true,
      templateRef: 'refs/authstack/template',
    })
    expect(git(folder, 'status', '--porcelain')).toBe('')
    expect(git(folder, 'rev-list', '--count', 'HEAD')).toBe('1')
    expect(git(folder, 'rev-parse', 'HEAD')).toBe(outcome.json.commit)
    const settings = readFileSync(join(folder, 'authstack.config.ts'), 'utf8')
    expect(settings).toContain("project: 'acme-auth'")
    expect(settings).toContain("name: 'Acme & Sons'")
    expect(settings).toContain("allowedOrigins: ['http://localhost:3000']")
    expect(readJson(folder, 'package.json').name).toBe('acme-auth')
    expect(readJson(folder, 'app/package.json').name).toBe('acme-auth-app')
    expect(readJson(folder, '.authstack/project.json')).toMatchObject({ name: 'acme-auth' })
    const record = git(folder, 'log', '-1', '--format=%b', 'refs/authstack/template')
    expect(JSON.parse(record)).toMatchObject({
      templateVersion: '1.0.0',
      answers: { name: 'Acme & Sons', region: 'local', appFolder: 'app' },
    })
    // The pristine template has no lockfile of an install and no parent: upgrade merges from it.
    expect(git(folder, 'ls-tree', '-r', '--name-only', 'refs/authstack/template')).toContain(
      'src/settings.ts',
    )
    expect(readdirSync(cwd)).toEqual(['acme-auth'])
  })

  test('in the empty folder one stands in', async () => {
    const cwd = join(tempFolder(), 'globex-auth')
    mkdirSync(cwd)
    const outcome = await runCli(['init', '--name', 'Globex'], { cwd, env: author })
    expect(outcome.code, outcome.stderr).toBe(0)
    expect(git(cwd, 'status', '--porcelain')).toBe('')
    expect(readJson(cwd, 'package.json').name).toBe('globex-auth')
    expect(readdirSync(cwd).filter((name) => name.startsWith('.authstack-init'))).toEqual([])
  })

  test('in a repository that has no commit yet', async () => {
    const cwd = tempFolder()
    git(cwd, 'init', '--quiet')
    const outcome = await runCli(['init', '.', '--name', 'Acme'], { cwd, env: author })
    expect(outcome.code, outcome.stderr).toBe(0)
    expect(git(cwd, 'status', '--porcelain')).toBe('')
    expect(git(cwd, 'rev-list', '--count', 'HEAD')).toBe('1')
  })

  test('in a folder of a monorepo: the commit holds its files only, what was staged stays staged', async () => {
    const cwd = tempFolder()
    git(cwd, 'init', '--quiet')
    writeFileSync(
      join(cwd, 'package.json'),
      '{"name":"mono","private":true,"workspaces":["packages/*"]}',
    )
    writeFileSync(join(cwd, '.gitignore'), '*.tgz\nnode_modules/\n')
    git(cwd, 'add', '.')
    git(cwd, 'commit', '--quiet', '-m', 'first')
    writeFileSync(join(cwd, 'staged.txt'), 'staged')
    git(cwd, 'add', 'staged.txt')
    writeFileSync(join(cwd, 'loose.txt'), 'loose')
    const before = readFileSync(join(cwd, 'package.json'), 'utf8')
    const outcome = await runCli(['init', 'packages/auth', '--name', 'Acme'], { cwd, env: author })
    expect(outcome.code, outcome.stderr).toBe(0)
    const committed = git(cwd, 'show', '--name-only', '--format=', 'HEAD').split('\n')
    expect(committed.every((path) => path.startsWith('packages/auth/'))).toBe(true)
    expect(git(cwd, 'status', '--porcelain')).toBe('A  staged.txt\n?? loose.txt')
    expect(readFileSync(join(cwd, 'package.json'), 'utf8')).toBe(before)
    expect(existsSync(join(cwd, 'package-lock.json'))).toBe(false)
    expect(existsSync(join(cwd, 'node_modules'))).toBe(false)
    // The tree on the ref has the project at its root, wherever it lies in the repository.
    expect(git(cwd, 'ls-tree', '--name-only', 'refs/authstack/template')).toContain('src')
  })

  test('a second project in one repository gets a template ref of its own', async () => {
    const cwd = tempFolder()
    git(cwd, 'init', '--quiet')
    await runCli(['init', 'one-auth', '--name', 'One', '--no-install'], { cwd, env: author })
    const outcome = await runCli(['init', 'two-auth', '--name', 'Two', '--no-install', '--json'], {
      cwd,
      env: author,
    })
    expect(outcome.json.templateRef).toBe(`refs/authstack/template-${outcome.json.id}`)
    expect(outcome.json.tested).toBe(false)
  })

  test('for a region: production is in the settings', async () => {
    const cwd = tempFolder()
    const args = ['init', 'a-b', '--name', 'Acme', '--region', 'eu-central', '--no-install']
    expect((await runCli(args, { cwd, env: author })).code).toBe(0)
    expect(readFileSync(join(cwd, 'a-b/authstack.config.ts'), 'utf8')).toContain(
      "region: 'eu-central'",
    )
  })

  test('without a git identity: commits all the same, and says by whom', async () => {
    const cwd = tempFolder()
    const outcome = await runCli(['init', 'acme-auth', '--name', 'Acme', '--no-install'], { cwd })
    expect(outcome.code, outcome.stderr).toBe(0)
    expect(git(join(cwd, 'acme-auth'), 'log', '-1', '--format=%ae')).toBe('init@authstack.invalid')
    expect(outcome.stderr).toMatch(/user\.name/)
    // Only for that commit: the person's next one must ask for their own name.
    expect(readFileSync(join(cwd, 'acme-auth/.git/config'), 'utf8')).not.toContain('authstack')
  })
})

describe('init refuses, with exit 2 and nothing written', () => {
  const refusals: [string, string[], string][] = [
    ['an empty name', ['init', 'x', '--name', ''], 'answer_invalid'],
    ['a name with a path in it', ['init', 'x', '--name', '../evil'], 'answer_invalid'],
    ['a name with markup', ['init', 'x', '--name', '<b>'], 'answer_invalid'],
    ['a name that is too long', ['init', 'x', '--name', 'x'.repeat(61)], 'answer_invalid'],
    ['a folder name with signs', ['init', 'no!', '--name', 'Acme'], 'name_invalid'],
    ['an unknown region', ['init', 'x', '--name', 'Acme', '--region', 'mars'], 'answer_invalid'],
    ['an app folder outside', ['init', 'x', '--name', 'A', '--app-dir', '../y'], 'answer_invalid'],
    [
      'an app folder of the server',
      ['init', 'x', '--name', 'A', '--app-dir', 'src'],
      'answer_invalid',
    ],
    ['no name and no terminal', ['init', 'x'], 'answer_missing'],
    ['an unknown flag', ['init', '--frobnicate'], 'usage'],
  ]
  for (const [what, args, code] of refusals) {
    test(what, async () => {
      const cwd = tempFolder()
      const outcome = await runCli([...args, '--json'], { cwd, env: author })
      expect(outcome.code, outcome.stderr).toBe(2)
      expect(outcome.json.error).toMatchObject({ code, exitCode: 2 })
      expect(outcome.json.error.next.length).toBeGreaterThan(0)
      expect(readdirSync(cwd)).toEqual([])
    })
  }

  test('a folder with files in the way: names them and leaves them', async () => {
    const cwd = tempFolder()
    writeFileSync(join(cwd, 'package.json'), 'mine')
    const outcome = await runCli(['init', '.', '--name', 'Acme'], { cwd, env: author })
    expect(outcome.code).toBe(2)
    expect(outcome.stderr).toContain('package.json')
    expect(readdirSync(cwd)).toEqual(['package.json'])
  })

  test('a path that is a file', async () => {
    const cwd = tempFolder()
    writeFileSync(join(cwd, 'auth'), '')
    const outcome = await runCli(['init', 'auth', '--name', 'A', '--json'], { cwd, env: author })
    expect(outcome.json.error.code).toBe('folder_is_file')
  })

  test('a folder that the repository ignores', async () => {
    const cwd = tempFolder()
    git(cwd, 'init', '--quiet')
    writeFileSync(join(cwd, '.gitignore'), 'auth\n')
    const outcome = await runCli(['init', 'auth', '--name', 'A', '--json'], { cwd, env: author })
    expect(outcome.json.error.code).toBe('folder_ignored')
    expect(readdirSync(cwd).sort()).toEqual(['.git', '.gitignore'])
  })
})

describe('init that cannot finish leaves nothing', () => {
  test('when the tests of the new project fail', async () => {
    const cwd = tempFolder()
    const templates = join(tempFolder(), 'templates')
    execFileSync('cp', ['-r', join(import.meta.dirname, 'fixtures/templates'), templates])
    writeFileSync(
      join(templates, 'auth-server/src/bad.test.ts'),
      'throw new Error("planted fault")',
    )
    const outcome = await runCli(['init', 'x/acme-auth', '--name', 'Acme'], {
      cwd,
      env: { ...author, AUTHSTACK_TEMPLATES: templates },
    })
    expect(outcome.code).toBe(1)
    expect(outcome.stderr).toContain('planted fault')
    expect(readdirSync(cwd)).toEqual([])
  })

  test('when a commit hook of the repository refuses', async () => {
    const cwd = tempFolder()
    git(cwd, 'init', '--quiet')
    writeFileSync(
      join(cwd, '.git/hooks/pre-commit'),
      '#!/bin/sh\necho not on fridays >&2\nexit 1\n',
      {
        mode: 0o755,
      },
    )
    const outcome = await runCli(['init', 'auth', '--name', 'Acme', '--no-install'], {
      cwd,
      env: author,
    })
    expect(outcome.code).toBe(1)
    expect(outcome.stderr).toContain('not on fridays')
    expect(readdirSync(cwd)).toEqual(['.git'])
    expect(git(cwd, 'status', '--porcelain')).toBe('')
    expect(git(cwd, 'for-each-ref')).toBe('')
  })

  for (const step of ['write', 'install', 'test']) {
    test(`when Ctrl-C comes at the step "${step}"`, async () => {
      const cwd = tempFolder()
      const outcome = await runCli(['init', 'acme-auth', '--name', 'Acme', '--json'], {
        cwd,
        env: author,
        onLine: (line, child) => {
          if (line.includes(`"id":"${step}"`) && line.includes('"running"')) child.kill('SIGINT')
        },
      })
      expect(outcome.code, outcome.stderr).toBe(130)
      expect(outcome.json.error.code).toBe('interrupted')
      expect(readdirSync(cwd)).toEqual([])
    })
  }
})

function git(cwd: string, ...args: string[]): string {
  const env = { ...process.env, ...author, GIT_CONFIG_GLOBAL: '/dev/null' }
  return execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: 'pipe' }).trim()
}

function readJson(folder: string, path: string) {
  return JSON.parse(readFileSync(join(folder, path), 'utf8'))
}
