import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { operatorRoutes } from '../operator/operator-routes.ts'
import { routes } from '../routes.ts'
import { auditedActions } from './audited-actions.ts'

const source = new URL('../', import.meta.url)
const changing = [...routes, ...operatorRoutes].filter((route) => route.method !== 'GET')

test('every route that changes something says which event it leaves, or why none', () => {
  const missing = changing.filter(({ action }) => !(action.id in auditedActions))
  assert.deepEqual(
    missing.map(({ method, path, action }) => `${action.id} (${method} ${path})`),
    [],
    'add a line to src/audit/audited-actions.ts and record the event',
  )
})

test('no line stands for a route that is gone', () => {
  const ids = new Set(changing.map(({ action }) => action.id))
  assert.deepEqual(
    Object.keys(auditedActions).filter((id) => !ids.has(id)),
    [],
  )
})

test('every event that is promised is recorded somewhere', () => {
  const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter((name) => name !== 'audit/audited-actions.ts')
    .map((name) => readFileSync(new URL(name, source), 'utf8'))
    .join('\n')
  const promised = Object.values(auditedActions).flatMap((events) =>
    Array.isArray(events) ? events : [],
  )
  const isWritten = (event: string) =>
    code.includes(`'${event}'`) || code.includes(`'operator.${event}'`)
  assert.deepEqual(
    promised.filter((event) => !isWritten(event)),
    [],
  )
})
