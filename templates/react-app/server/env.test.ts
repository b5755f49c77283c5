import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEnv } from './env.ts'

const key = 'ask_live_abc'

test('names every variable that is missing', () => {
  assert.throws(() => readEnv({}), /VITE_AUTHSTACK_KEY and VITE_AUTHSTACK_ENDPOINT/)
})

test('the backend may reach the instance by another address than the browser', () => {
  const env = readEnv({
    VITE_AUTHSTACK_KEY: key,
    VITE_AUTHSTACK_ENDPOINT: 'http://localhost:4000/',
    AUTHSTACK_ENDPOINT: 'http://127.0.0.1:4000',
    PORT: '3100',
  })
  assert.equal(env.endpoint, 'http://localhost:4000')
  assert.equal(env.backendEndpoint, 'http://127.0.0.1:4000')
  assert.equal(env.appOrigin, 'http://localhost:3100')
  assert.equal(env.mode, 'live')
})

test('a test key means test mode', () => {
  const env = readEnv({
    VITE_AUTHSTACK_KEY: 'ask_test_abc',
    AUTHSTACK_ENDPOINT: 'http://localhost:1',
  })
  assert.equal(env.mode, 'test')
})

test('a port that is none is refused', () => {
  const source = { VITE_AUTHSTACK_KEY: key, AUTHSTACK_ENDPOINT: 'http://localhost:1', PORT: 'x' }
  assert.throws(() => readEnv(source), /PORT/)
})
