import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { committedFiles } from '../lib/committed-files.ts'
import { repository } from '../lib/repository.ts'
import { findViolations, noFolderImportsAnother } from './find-violations.ts'
import { doorRules } from './rules.ts'

test('no file reaches over a border', () => {
  const files = committedFiles('*.ts', '*.tsx', '*.js', '*.mjs').map((path) => ({
    path,
    text: readFileSync(join(repository, path), 'utf8'),
  }))
  assert.ok(files.length > 50, 'the sources were found')
  const lines = findViolations(files).map(
    ({ rule, path, line, what }) => `${path}:${line} ${what} (${rule})`,
  )
  assert.deepEqual(lines, [])
})

for (const rule of doorRules) {
  test(`a planted fault is found: ${rule.name}`, () => {
    const path = `${rule.within[0]}planted/planted.ts`
    const faults = rule.environment
      ? ['export const home = process.env.HOME']
      : (rule.packages ?? []).flatMap((name) => [
          `import x from '${name}'\nexport default x`,
          `export const load = () => import('${name}/sub')`,
          `import { type A, b } from '${name}'\nexport { type A, b }`,
        ])
    if (rule.fetch) faults.push('await fetch(url)', 'const call = globalThis.fetch')
    for (const text of faults) {
      assert.deepEqual(
        findViolations([{ path, text }]).map((violation) => violation.rule),
        [rule.name],
        text,
      )
    }
  })

  test(`the door itself may: ${rule.name}`, () => {
    for (const door of rule.doors) {
      const path = door.endsWith('/') ? `${door}inside.ts` : door
      const text = rule.environment
        ? 'export const home = process.env.HOME'
        : (rule.packages ?? []).map((name) => `import '${name}'`).join('\n')
      assert.deepEqual(
        findViolations([{ path, text }]).filter((violation) => violation.rule === rule.name),
        [],
      )
    }
  })
}

for (const [path, text] of [
  ['cli/src/deploy/deploy.ts', "import { Provider } from '../../../react/src/provider.tsx'"],
  ['react/src/index.ts', "export * from '../../templates/auth-server/src/errors.ts'"],
  ['templates/auth-server/src/main.ts', "import '../../react-app/server/env.ts'"],
  ['templates/react-app/src/main.tsx', "const m = await import('../../../react/src/index.ts')"],
  ['scripts/demo/demo.ts', "import type { Deploy } from '../../cli/src/deploy/deploy.ts'"],
  ['scripts/demo/demo.test.ts', "import { deploy } from '../../cli/src/deploy/deploy.ts'"],
  ['templates/auth-server/src/main.ts', "import { run } from 'authstack'"],
] as const) {
  test(`a planted fault is found: ${path} imports another folder`, () => {
    assert.deepEqual(
      findViolations([{ path, text }]).map((violation) => violation.rule),
      [noFolderImportsAnother],
    )
  })
}

test('a property, a method or an import of the name fetch is not the global', () => {
  const text =
    'options.fetch(url)\nconst a = { fetch: 1 }\nclass B { fetch() {} }\ntype C = { fetch: string }'
  assert.deepEqual(findViolations([{ path: 'templates/auth-server/src/roles/a.ts', text }]), [])
})

test('a type from behind a door is no use of the door', () => {
  const text =
    "import type { Knex } from 'knex'\nexport type Work = (trx: Knex.Transaction) => void"
  assert.deepEqual(findViolations([{ path: 'templates/auth-server/src/roles/a.ts', text }]), [])
})
