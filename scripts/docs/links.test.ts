import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { steps } from '../check/steps.ts'
import { committedFiles } from '../lib/committed-files.ts'
import { repository } from '../lib/repository.ts'

test('every link between our documents leads to a file', () => {
  const broken = committedFiles('*.md').flatMap((path) => {
    const text = readFileSync(join(repository, path), 'utf8').replace(/```[\s\S]*?```/g, '')
    return [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !existsSync(join(repository, dirname(path), target)))
      .map((target) => `${path} -> ${target}`)
  })
  assert.deepEqual(broken, [])
})

test('every invariant of ARCHITECTURE.md names a check that exists', () => {
  const text = readFileSync(join(repository, 'ARCHITECTURE.md'), 'utf8')
  const invariants = text.split('\n').filter((line) => line.startsWith('- Invariant:'))
  assert.ok(invariants.length >= 10)
  const names = steps.map(({ name }) => name)
  const committed = committedFiles('*.test.ts')
  for (const line of invariants) {
    const [, quoted, plain] = /\*Step (?:"([^"]+)"|([^:.]+))[:.]/.exec(line) ?? []
    assert.ok(names.includes(quoted ?? plain ?? ''), `no step of that name: ${line}`)
    // A bare name is a file of that step's folder; a path is one from the root.
    for (const [, file = ''] of line.matchAll(/`([^`]+\.test\.ts)`/g)) {
      assert.ok(
        committed.some((path) => path === file || path.endsWith(`/${file}`)),
        `no file ${file}: ${line}`,
      )
    }
  }
})
