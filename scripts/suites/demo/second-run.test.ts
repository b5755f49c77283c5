import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const file = process.env.AUTHSTACK_TEST_INSTANCE
if (!file) throw new Error('Set AUTHSTACK_TEST_INSTANCE; bin/check does')
const first = JSON.parse(readFileSync(file, 'utf8'))
const demo = join(import.meta.dirname, '..', '..', '..', 'bin', 'demo')
const secondRunSecondsMax = 60

test('a second bin/demo reuses what is there and makes nothing twice', () => {
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(demo, ['--json'], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  assert.ok(performance.now() - started < secondRunSecondsMax * 1000)
  assert.equal(stdout.trim().split('\n').length, 1, 'stdout is the one line of JSON')
  const second = JSON.parse(stdout)
  for (const [name, value] of Object.entries(second)) assert.deepEqual(value, first[name], name)
})

test('the addresses it prints answer', async () => {
  for (const address of [`${first.pages}/login`, first.app, first.mailbox, `${first.api}/readyz`]) {
    const { status } = await fetch(address, { signal: AbortSignal.timeout(10_000) })
    assert.equal(status, 200, address)
  }
})

test('three people in two organizations, with a role in each', () => {
  assert.deepEqual(
    first.users.map(({ organizations }: { organizations: { slug: string; role: string }[] }) =>
      organizations.map(({ slug, role }) => `${slug}:${role}`).sort(),
    ),
    [['acme:owner'], ['acme:member', 'globex:owner'], ['globex:viewer']],
  )
})

test('an unknown argument is exit 2 and starts nothing', () => {
  const { status, stderr, stdout } = spawnSync(demo, ['--jsno'], { encoding: 'utf8' })
  assert.equal(status, 2)
  assert.match(stderr, /--jsno/)
  assert.equal(stdout, '')
})
