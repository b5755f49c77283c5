import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPageConfig } from './page-config.ts'

const least = { apiKey: 'ask_live_a', endpoint: 'https://auth.example.com' }

test('reads a block that holds only what must be there', () => {
  const config = readPageConfig(JSON.stringify(least))
  assert.equal(config?.basePath, '')
  assert.equal(config?.mode, 'live')
  assert.equal(config?.returnTo, null)
  assert.equal(config?.error, null)
})

test('test mode keeps its own base path', () => {
  const config = readPageConfig(JSON.stringify({ ...least, mode: 'test', basePath: '/test' }))
  assert.equal(config?.mode, 'test')
  assert.equal(config?.basePath, '/test')
})

test('a page without its block, or with a broken one, is not set up', () => {
  assert.equal(readPageConfig(null), null)
  assert.equal(readPageConfig(''), null)
  assert.equal(readPageConfig('{"apiKey":'), null)
  assert.equal(readPageConfig(JSON.stringify({ apiKey: 'ask_live_a' })), null)
})
