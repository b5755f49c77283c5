import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { authstack, told } from '../../lib/authstack.ts'
import type { Project } from './project.ts'

/** `authstack init` in an empty folder. */
export function initTests(project: Project): void {
  describe('init', () => {
    test('makes a project in a new folder, without a terminal, by flags alone', async () => {
      const args = ['init', project.name, '--name', 'Acme', '--yes', '--json']
      const outcome = await authstack(args, { box: project.box, cwd: project.box.folder })
      assert.equal(outcome.code, 0, told(args, outcome))
      assert.ok(outcome.json, told(args, outcome))
      const made = readdirSync(project.folder)
      for (const name of [
        'authstack.config.ts',
        'src',
        'web',
        'extensions',
        'package.json',
        'vendor',
      ]) {
        assert.ok(made.includes(name), `${name} in ${made}`)
      }
      const { id, name } = JSON.parse(project.read('.authstack/project.json'))
      assert.ok(id && name)
      assert.ok(existsSync(join(project.folder, 'vendor', 'authstack-react.tgz')))
    })

    test('leaves one clean commit, and the pristine template on a ref of its own', () => {
      assert.equal(project.git('status', '--porcelain'), '')
      assert.equal(project.git('rev-list', '--count', 'HEAD').trim(), '1')
      assert.ok(project.git('for-each-ref', 'refs/authstack/template').includes('commit'))
      const files = project.git('ls-files').split('\n')
      for (const file of files) assert.doesNotMatch(file, /node_modules|credentials|\.env$/)
    })

    test('the commit’s own `npm test` passes in a fresh clone', () => {
      const clone = join(project.box.folder, 'clone')
      execFileSync('git', ['clone', '-q', project.folder, clone])
      const options = { cwd: clone, env: project.box.env, stdio: 'pipe', encoding: 'utf8' } as const
      execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], options)
      const said = execFileSync('npm', ['test'], { ...options, timeout: 90_000 })
      assert.match(said, /\bpass [1-9]\d*/)
      assert.match(said, /\bfail 0\b/)
    })

    test('a second init into the same folder refuses and changes nothing', async () => {
      const args = ['init', project.name, '--name', 'Other', '--yes']
      const outcome = await authstack(args, { box: project.box, cwd: project.box.folder })
      assert.notEqual(outcome.code, 0)
      assert.equal(project.git('status', '--porcelain'), '')
      assert.equal(project.git('rev-list', '--count', 'HEAD').trim(), '1')
    })
  })
}
