import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { repository } from '../lib/repository.ts'

/** A copy of the real configuration with one faulty file in it: does the tool say so? */
const copy = mkdtempSync(join(tmpdir(), 'authstack-lint-'))
after(() => rmSync(copy, { recursive: true, force: true }))
for (const path of [
  'biome.json',
  'package.json',
  'tsconfig.base.json',
  'cli/package.json',
  'cli/tsconfig.json',
  'scripts/package.json',
  'scripts/tsconfig.json',
  'templates/auth-server/package.json',
]) {
  mkdirSync(dirname(join(copy, path)), { recursive: true })
  cpSync(join(repository, path), join(copy, path))
}
execFileSync('git', ['init', '--quiet'], { cwd: copy })
symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'))

for (const [rule, path, text] of [
  [
    'correctness/noUndeclaredDependencies',
    'cli/src/planted.ts',
    "import express from 'express'\n\nexpress()\n",
  ],
  [
    'correctness/noUndeclaredDependencies',
    'templates/auth-server/src/planted.ts',
    "import { execa } from 'execa'\n\nexeca()\n",
  ],
  [
    'style/noRestrictedImports',
    'cli/src/planted.ts',
    "import { a } from '../../react/src/index.ts'\n\na()\n",
  ],
  [
    'style/useImportType',
    'scripts/planted.ts',
    "import { B } from './b.ts'\n\nexport type A = B\n",
  ],
  ['correctness/noUnusedVariables', 'scripts/planted.ts', 'const unused = 1\n'],
] as const) {
  test(`a planted fault is found: ${rule} in ${path}`, () => {
    const { status, output } = withFile(path, text, ['biome', 'lint', '--error-on-warnings', path])
    assert.match(output, new RegExp(rule))
    assert.notEqual(status, 0)
  })
}

for (const folder of ['cli/src', 'scripts']) {
  test(`a planted fault is found: tsc refuses a file of another folder in ${folder}`, () => {
    const other = join(copy, 'react', 'src', 'other.ts')
    mkdirSync(dirname(other), { recursive: true })
    writeFileSync(other, 'export const other = 1\n')
    const up = '../'.repeat(folder.split('/').length)
    const { output } = withFile(
      `${folder}/planted.ts`,
      `export { other } from '${up}react/src/other.ts'\n`,
      ['tsc', '-p', folder.split('/')[0] ?? '', '--noEmit', '--pretty', 'false'],
    )
    assert.match(output, /TS6059|TS6307/)
  })
}

function withFile(path: string, text: string, [tool = '', ...args]: string[]) {
  const file = join(copy, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  try {
    const { status, stdout, stderr } = spawnSync(
      join(repository, 'node_modules', '.bin', tool),
      args,
      { cwd: copy, encoding: 'utf8' },
    )
    return { status, output: stdout + stderr }
  } finally {
    rmSync(file)
  }
}
