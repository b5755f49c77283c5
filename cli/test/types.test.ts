import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { runCli, tempFolder } from './run-cli.ts'
import { startStandIn } from './stand-in.ts'

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
const repository = fileURLToPath(new URL('../..', import.meta.url))

test('types: the right permission compiles, a misspelt permission or role does not', async () => {
  const instance = await startStandIn(() => ({ body: null }))
  const made = await runCli(['types'], { cwd: instance.project, env: instance.env })
  expect(made.code, made.stderr).toBe(0)
  expect(made.stdout).toBe('authstack-types.generated.ts\n')
  const head = `import { permission, type Role } from './authstack-types.generated.ts'
const role = (name: Role) => name
`
  const errors = compile(instance.project, {
    'right.ts': `${head}void [permission('projects:create'), permission('members:invite'), role('owner')]`,
    'misspelt.ts': `${head}void [permission('projects:craete'), role]`,
    'unknown-role.ts': `${head}void [permission, role('admn')]`,
  })
  expect(errors).not.toContain('right.ts')
  // Here @authstack/react is not installed, as in many a backend.
  expect(errors).not.toContain('generated.ts')
  expect(errors).toMatch(/misspelt\.ts.*'"projects:craete"' is not assignable to parameter of type/)
  expect(errors).toMatch(/unknown-role\.ts.*'"admn"' is not assignable to parameter of type 'Role'/)
})

test('types --out into an app: @authstack/react refuses a misspelt permission or role there', async () => {
  const instance = await startStandIn(() => ({ body: null }))
  const app = tempFolder()
  installReactTypes(app)
  const files = {
    'right.tsx': `import { PermissionGate, RoleGate, usePermissions } from '@authstack/react'
export const gates = [
  <PermissionGate permission="projects:create">yes</PermissionGate>,
  <PermissionGate permission={['members:invite', 'projects:create']}>yes</PermissionGate>,
  <RoleGate role="owner">yes</RoleGate>,
]
export const useMay = () => usePermissions().hasPermission('audit:view')`,
    'gate.tsx': `import { PermissionGate } from '@authstack/react'
export const gate = <PermissionGate permission="projcts:create">no</PermissionGate>`,
    'role.tsx': `import { usePermissions } from '@authstack/react'
export const useIsAdmin = () => usePermissions().hasRole('admn')`,
    'server.ts': `import { requirePermission } from '@authstack/react/server'
export const guards = [requirePermission('projects:create'), requirePermission('projects:craete')]`,
  }
  expect(compile(app, files), 'before, every string is a permission').toBe('')

  const out = join(app, 'authstack-types.ts')
  const made = await runCli(['types', '--out', out], { cwd: instance.project, env: instance.env })
  expect(made.code, made.stderr).toBe(0)
  const errors = compile(app, files, ['authstack-types.ts'])
  expect(errors.match(/error TS/g)).toHaveLength(3)
  expect(errors).toMatch(/gate\.tsx\(2,.*'"projcts:create"' is not assignable to type/)
  expect(errors).toMatch(/role\.tsx\(2,.*'"admn"' is not assignable to parameter of type/)
  expect(errors).toMatch(
    /server\.ts\(2,.*'"projects:craete"' is not assignable to parameter of type/,
  )
}, 90_000)

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

/** What tsc says of these files, with `others` that lie there and that nothing imports. */
function compile(folder: string, files: Record<string, string>, others: string[] = []): string {
  for (const [name, source] of Object.entries(files)) {
    writeFileSync(join(folder, name), `${source}\n`)
  }
  const options = ['--strict', '--noEmit', '--allowImportingTsExtensions', '--module', 'nodenext']
  const args = [tsc, ...options, '--jsx', 'react-jsx', '--skipLibCheck', '--pretty', 'false']
  const names = [...Object.keys(files), ...others]
  return spawnSync(process.execPath, [...args, ...names], { cwd: folder, encoding: 'utf8' }).stdout
}

/** What an app's TypeScript sees of the tarball: its package.json and declarations, made afresh. */
function installReactTypes(app: string): void {
  const modules = join(app, 'node_modules')
  const target = join(modules, '@authstack/react')
  mkdirSync(target, { recursive: true })
  writeFileSync(join(app, 'package.json'), '{ "type": "module" }\n')
  cpSync(join(repository, 'react/package.json'), join(target, 'package.json'))
  symlinkSync(join(repository, 'node_modules/@types'), join(modules, '@types'))
  const build = [
    '-p',
    join(repository, 'react/tsconfig.build.json'),
    '--outDir',
    join(target, 'dist'),
  ]
  execFileSync(process.execPath, [
    tsc,
    ...build,
    '--emitDeclarationOnly',
    '--declarationMap',
    'false',
  ])
}
