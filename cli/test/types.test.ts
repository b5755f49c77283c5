import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from './run-cli.ts'
import { startStandIn } from './stand-in.ts'

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

test('types: the right permission compiles, a misspelt permission or role does not', async () => {
  const instance = await startStandIn(() => ({ body: null }))
  const made = await runCli(['types'], { cwd: instance.project, env: instance.env })
  expect(made.code, made.stderr).toBe(0)
  expect(made.stdout).toBe('authstack-types.generated.ts\n')
  const errors = compile(instance.project, {
    'right.ts': "permission('projects:create'), permission('members:invite'), role('owner')",
    'misspelt.ts': "permission('projects:craete')",
    'unknown-role.ts': "role('admn')",
  })
  expect(errors).not.toContain('right.ts')
  expect(errors).toMatch(/misspelt\.ts.*'"projects:craete"' is not assignable to parameter of type/)
  expect(errors).toMatch(/unknown-role\.ts.*'"admn"' is not assignable to parameter of type 'Role'/)
})

test('types --check fails in CI when the settings have moved on, and writes nothing', async () => {
  const instance = await startStandIn(() => ({ body: null }))
  const at = { cwd: instance.project, env: instance.env }
  await runCli(['types'], at)
  expect((await runCli(['types', '--check'], at)).code).toBe(0)
  const settings = join(instance.project, 'authstack.config.ts')
  const source = readFileSync(settings, 'utf8')
  writeFileSync(settings, source.replace('projects:create', 'projects:export'))
  const file = join(instance.project, 'authstack-types.generated.ts')
  const before = readFileSync(file, 'utf8')
  const outcome = await runCli(['types', '--check', '--json'], at)
  expect(outcome.json.error).toMatchObject({ code: 'types_outdated', exitCode: 1 })
  expect(readFileSync(file, 'utf8')).toBe(before)
})

/** What tsc says of these files, each one line that uses the types. */
function compile(folder: string, lines: Record<string, string>): string {
  const head = "import { permission, type Role } from './authstack-types.generated.ts'\n"
  for (const [name, line] of Object.entries(lines)) {
    const role = 'export const role = (name: Role) => name'
    writeFileSync(join(folder, name), `${head}${role}\nvoid [permission, ${line}]\n`)
  }
  const options = ['--strict', '--noEmit', '--allowImportingTsExtensions', '--module', 'nodenext']
  const args = [tsc, ...options, '--skipLibCheck', '--pretty', 'false', ...Object.keys(lines)]
  return spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }).stdout
}
