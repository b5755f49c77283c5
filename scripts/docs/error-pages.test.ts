import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { repository } from '../lib/repository.ts'
import { cliErrorWords } from './cli-error-words.ts'
import { errorPages, readErrorRegistry } from './error-pages.ts'
import { errorWords } from './error-words.ts'
import { reactErrorWords } from './react-error-words.ts'
import { readCliErrors } from './read-cli-errors.ts'
import { readReactErrors } from './read-react-errors.ts'

const folder = join(repository, 'docs', 'errors')

test('every code of the server and of the command has its page, as the sources say it', () => {
  const pages = errorPages(readErrorRegistry(), readCliErrors())
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
  const cliCodes = readCliErrors()
  assert.deepEqual(
    Object.keys(cliErrorWords).filter((code) => !cliCodes.has(code)),
    [],
  )
})

test('every code of @authstack/react has its page, its own or one of the API', () => {
  const registry = readErrorRegistry()
  const codes = readReactErrors()
  assert.deepEqual(
    codes.filter((code) => !(code in registry) && !(code in reactErrorWords)),
    [],
  )
  assert.deepEqual(
    Object.keys(reactErrorWords).filter((code) => code in registry || !codes.includes(code)),
    [],
  )
})

test('exit codes are read as the errors are thrown', () => {
  const cliCodes = readCliErrors()
  const read = ['usage', 'settings_invalid', 'port_taken', 'rolled_back', 'locked', 'bug']
  assert.deepEqual(
    read.map((code) => cliCodes.get(code)),
    [[2], [3], [5], [6], [7], [1]],
  )
})

test('no code means one thing in the API and another in the command', () => {
  const registry = readErrorRegistry()
  assert.deepEqual(
    [...readCliErrors().keys()].filter((code) => code in registry || code in reactErrorWords),
    [],
  )
})

const rerun = 'run: node scripts/docs/write-error-pages.ts'
