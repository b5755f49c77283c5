import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameInput } from './inputs.ts'

test("a person's name cannot break a mail's lines, mark it up or turn its words around", () => {
  const turned = ['\u202eevil', 'a\u2066b', 'a\u2069', 'x\u202a']
  for (const name of ['a\r\nBcc: all', '<b>', 'a/b', 'a\\b', ...turned]) {
    assert.equal(nameInput.safeParse(name).success, false, JSON.stringify(name))
  }
})

test('names of all people pass', () => {
  for (const name of ["O'Brien", 'Jean-Luc', 'Zoë', '李小龍', 'نور', 'Sant’Anna', 'J. R.']) {
    assert.ok(nameInput.safeParse(name).success, name)
  }
})
