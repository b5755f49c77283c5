import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { repository } from '../lib/repository.ts'
import { errorPages, readErrorRegistry } from './error-pages.ts'
import { errorWords } from './error-words.ts'

const folder = join(repository, 'docs', 'errors')

test('every code of the server has its page, as the registry says it', () => {
  const pages = errorPages(readErrorRegistry())
  assert.deepEqual(readdirSync(folder).sort(), [...pages.keys()].sort(), rerun)
  for (const [name, text] of pages)
    assert.equal(readFileSync(join(folder, name), 'utf8'), text, rerun)
})

test('no words are left for a code that is gone', () => {
  const codes = readErrorRegistry()
  assert.deepEqual(
    Object.keys(errorWords).filter((code) => !codes[code]),
    [],
  )
})

const rerun = 'run: node scripts/docs/write-error-pages.ts'
