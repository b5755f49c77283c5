import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join, matchesGlob, normalize } from 'node:path'
import { test } from 'node:test'
import { type Step, steps } from '../check/steps.ts'
import { repository } from '../lib/repository.ts'

const page = join(repository, 'docs', 'security', 'compliance.md')

type Row = { control: string; shown: string }
type Proof = { step: string; file: string; title: string | null }

const rows = readFileSync(page, 'utf8').split('\n').flatMap(readRow)

test('each control names a step, a file and a test that exist, or says "Not covered"', () => {
  assert.ok(rows.length > 40, 'the page lost its tables')
  assert.deepEqual(rows.flatMap(faultsOf), [])
})

test('no control of the three catalogues is left out in silence', () => {
  const named = rows.map(({ control }) => control).join('\n')
  const wanted = [
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => `CC6.${number} `),
    ...[1, 2, 3, 4, 5].map((number) => `CC7.${number} `),
    'CC8.1 ',
    ...['5(1)(c)', '5(1)(e)', '15 ', '16 ', '17 ', '25 ', '33 '].map((one) => `Art. ${one}`),
    ...['(a)', '(b)', '(c)', '(d)'].map((letter) => `Art. 32(1)${letter}`),
    ...['(a)(1)', '(a)(2)(i) ', '(a)(2)(ii) ', '(a)(2)(iii)', '(a)(2)(iv)'].map(safeguard),
    ...['(b)', '(c)(1)', '(c)(2)', '(d)', '(e)(1)', '(e)(2)(i)'].map(safeguard),
  ]
  assert.deepEqual(
    wanted.filter((one) => !named.includes(one)),
    [],
  )
})

test('what is not there is noticed: a step, a file, a title, a file that its step does not run', () => {
  const real = '*Bad input*: [a](../../scripts/suites/badinput/invitations.test.ts)'
  const cases: [string, RegExp][] = [
    [real.replace('Bad input', 'Good input'), /no step/],
    [real.replace('invitations.test', 'gone.test'), /no file/],
    [`${real} “nobody wrote this”`, /no test/],
    [real.replace('Bad input', 'Realms'), /does not run/],
    ['by hand', /nothing is named/],
    ['', /nothing is named/],
  ]
  for (const [shown, fault] of cases) {
    assert.match(faultsOf({ control: 'x', shown }).join(), fault, shown)
  }
  assert.deepEqual(faultsOf({ control: 'x', shown: real }), [])
})

const safeguard = (part: string) => `164.312${part}`

function readRow(line: string): Row[] {
  const cells = line.split('|').map((cell) => cell.trim())
  if (cells.length !== 5 || cells[1] === 'control' || /^-+$/.test(cells[1] ?? '')) return []
  return [{ control: cells[1] ?? '', shown: cells[3] ?? '' }]
}

function faultsOf({ control, shown }: Row): string[] {
  if (shown === 'Not covered') return []
  const proofs = shown.split('<br>').flatMap(readProof)
  if (proofs.length === 0 || proofs.length !== shown.split('<br>').length) {
    return [`${control}: nothing is named that shows it`]
  }
  return proofs.flatMap((proof) => faultOf(proof).map((fault) => `${control}: ${fault}`))
}

function readProof(text: string): Proof[] {
  const [, step, file, title] =
    /^\*(.+)\*: \[[^\]]+\]\(([^)]+)\)(?: “(.+)”)?$/.exec(text.trim()) ?? []
  if (!step || !file) return []
  return [{ step, file: normalize(join('docs/security', file)), title: title ?? null }]
}

function faultOf({ step: name, file, title }: Proof): string[] {
  const step = steps.find((one) => one.name === name)
  if (!step) return [`no step "${name}"`]
  if (!existsSync(join(repository, file))) return [`no file ${file}`]
  if (!runs(step, file)) return [`"${name}" does not run ${file}`]
  const text = readFileSync(join(repository, file), 'utf8').replaceAll(/\\(['"`])/g, '$1')
  return title === null || text.includes(title) ? [] : [`no test “${title}” in ${file}`]
}

/** Whether a step reaches a file: by a pattern of its command, or as the tests of its folder. */
function runs({ command, folder }: Step, file: string): boolean {
  if (command.some((word) => word === file || matchesGlob(file, word))) return true
  if (!folder || !file.startsWith(`${folder}/`)) return false
  const isInstanceTest = command.includes('test:instance')
  return isInstanceTest === file.startsWith(`${folder}/test/`) || folder === 'cli'
}
