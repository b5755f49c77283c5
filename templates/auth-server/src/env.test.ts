import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { masterKey, parseEnv } from './env.ts'

const folder = mkdtempSync(join(tmpdir(), 'authstack-env-'))
const source = {
  AUTHSTACK_PROJECT: 'acme',
  AUTHSTACK_PUBLIC_URL: 'http://localhost:4000/',
  AUTHSTACK_KEYCLOAK_URL: 'http://127.0.0.1:8080',
  AUTHSTACK_PG_PORT: '5432',
  AUTHSTACK_REDIS_URL: 'redis://127.0.0.1:6379',
  AUTHSTACK_LISTEN: 'unix:/run/api.sock',
  CREDENTIALS_DIRECTORY: folder,
}

test('every missing variable is named at once', () => {
  assert.throws(
    () => parseEnv({}),
    /AUTHSTACK_PROJECT.*AUTHSTACK_PUBLIC_URL.*CREDENTIALS_DIRECTORY/s,
  )
})

test('the public URL has no trailing slash, so that issuers compare equal', () => {
  assert.equal(parseEnv(source).publicUrl, 'http://localhost:4000')
})

test('a listen address is a socket path or host and port', () => {
  assert.deepEqual(parseEnv(source).listen, { path: '/run/api.sock' })
  const tcp = parseEnv({ ...source, AUTHSTACK_LISTEN: '127.0.0.1:4100' })
  assert.deepEqual(tcp.listen, { host: '127.0.0.1', port: 4100 })
})

test('a missing credential says its name; a short master key is refused', () => {
  assert.throws(() => parseEnv(source).credential('db-hub'), /"db-hub"/)
  writeFileSync(join(folder, 'master-key'), Buffer.alloc(16).toString('base64url'))
  assert.throws(() => masterKey(parseEnv(source)), /32 bytes/)
})

test("the project's own secrets are read by name, and absent ones are null", () => {
  const env = parseEnv(source)
  assert.equal(env.secret('SLACK_TOKEN'), null)
  writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ SLACK_TOKEN: 'xoxb' }))
  assert.equal(env.secret('SLACK_TOKEN'), 'xoxb')
  assert.equal(env.secret('toString'), null)
})

test('the address of a stand-in for Stripe is taken on this machine only', () => {
  const at = (url: string) => parseEnv({ ...source, AUTHSTACK_STRIPE_API_URL: url }).stripeApiUrl
  assert.equal(at('http://127.0.0.1:12111'), 'http://127.0.0.1:12111')
  assert.throws(() => at('https://api.stripe.example'), /AUTHSTACK_STRIPE_API_URL/)
  assert.throws(() => at('http://127.0.0.1.evil.example'), /AUTHSTACK_STRIPE_API_URL/)
})
