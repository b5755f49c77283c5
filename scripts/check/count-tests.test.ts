import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countTests } from './count-tests.ts'

test('reads the summary of vitest', () => {
  const output =
    ' Test Files  1 failed | 3 passed (4)\n      Tests  2 failed | 40 passed | 1 skipped (43)\n'
  assert.deepEqual(countTests('vitest', output, 1), { passed: 40, failed: 3, skipped: 1 })
})

test('reads the summary of node:test, spec and TAP, and adds up several', () => {
  const output =
    'ℹ tests 3\nℹ pass 3\nℹ fail 0\nℹ cancelled 0\nℹ skipped 0\n# pass 2\n# fail 1\n# skipped 0\n'
  assert.deepEqual(countTests('node-test', output, 1), { passed: 5, failed: 1, skipped: 0 })
})

test('a skipped test is red: one, a whole suite (which no summary counts), a todo, one of TAP', () => {
  for (const line of [
    '﹣ is fast (0.4ms) # no time',
    '  ﹣ realms (16.7ms) # AUTHSTACK_TEST_INSTANCE is not set',
    '✔ later (0.1ms) # TODO',
    'ok 2 - is fast # SKIP no time',
  ]) {
    const output = `✔ holds (1.2ms)\n${line}\nℹ pass 1\nℹ fail 0\n`
    assert.deepEqual(countTests('node-test', output, 0), { passed: 1, failed: 1, skipped: 1 }, line)
  }
})

test('a skip with a listed reason is told and passes', () => {
  const output =
    '✔ holds (1.2ms)\n﹣ is cut off (0.4ms) # only on Linux: namespaces\nℹ pass 1\nℹ fail 0\n'
  assert.deepEqual(countTests('node-test', output, 0), { passed: 1, failed: 0, skipped: 1 })
})

test('a runner that ran no test has failed', () => {
  assert.equal(countTests('node-test', 'ℹ tests 0\nℹ pass 0\nℹ fail 0\n', 0).failed, 1)
  assert.equal(countTests('vitest', 'No test files found', 0).failed, 1)
})

test('a runner that died after its tests passed has failed', () => {
  assert.deepEqual(countTests('plain', '4 passed, 0 failed\n', 134), {
    passed: 4,
    failed: 1,
    skipped: 0,
  })
})

test('a step without tests is one check, by its exit code', () => {
  assert.equal(countTests('exit', '', 0).passed, 1)
  assert.equal(countTests('exit', '', 2).failed, 1)
})
