import assert from 'node:assert/strict'
import { existsSync, globSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { repository } from '../lib/repository.ts'
import { steps, stepsOf } from './steps.ts'

const shared = ['lib', 'node_modules']

test('every suite is a step: a suite nobody runs proves nothing', () => {
  const suites = readdirSync(join(repository, 'scripts', 'suites'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !shared.includes(entry.name))
    .map(({ name }) => name)
  const commands = steps.map(({ command }) => command.join(' '))
  for (const suite of suites) {
    assert.ok(
      commands.some((command) => command.includes(`scripts/suites/${suite}/`)),
      `scripts/suites/${suite} has no step in scripts/check/steps.ts`,
    )
  }
})

test('every pattern of a step finds a file', () => {
  for (const { name, command, folder } of steps) {
    const cwd = join(repository, folder ?? '.')
    assert.ok(existsSync(cwd), `${name}: ${folder}`)
    for (const pattern of command.filter((word) => word.includes('.test.ts'))) {
      assert.ok(globSync(pattern, { cwd }).length > 0, `${name}: nothing matches ${pattern}`)
    }
  }
})

test('a tier holds the tiers before it', () => {
  const names = (tier: 'quick' | 'default' | 'full') => stepsOf(tier).map(({ name }) => name)
  for (const name of names('quick')) assert.ok(names('default').includes(name))
  assert.deepEqual(
    names('full'),
    steps.map(({ name }) => name),
  )
})
