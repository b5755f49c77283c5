import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readKeycloakPassword } from './read-keycloak-password.ts'
import { readPasswordHash } from './read-password-hash.ts'

const bcrypt = (start: string) =>
  `${start}${'N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'}`

test('bcrypt comes whole, with its cost', () => {
  for (const version of ['a', 'b', 'y']) {
    const hash = bcrypt(`$2${version}$10$`)
    assert.deepEqual(readPasswordHash(hash), {
      ok: true,
      password: { algorithm: 'bcrypt', iterations: 10, value: hash, salt: null, parameters: {} },
    })
  }
})

test('bcrypt that would not verify, or would be an outage, does not come', () => {
  const refusals = {
    [bcrypt('$2x$10$')]: 'unknown_format',
    [bcrypt('$2$10$')]: 'unknown_format',
    [bcrypt('$2b$20$')]: 'too_costly',
    [bcrypt('$2b$03$')]: 'damaged',
    [bcrypt('$2b$10$').slice(0, -1)]: 'damaged',
    [`${bcrypt('$2b$10$')}x`]: 'damaged',
  }
  for (const [hash, refusal] of Object.entries(refusals)) {
    assert.deepEqual(readPasswordHash(hash), { ok: false, refusal }, hash)
  }
})

test('argon2 in PHC form becomes what Keycloak stores', () => {
  const salt = Buffer.from('sixteen bytes ok')
  const value = Buffer.alloc(32, 7)
  const bare = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  const reading = readPasswordHash(`$argon2id$v=19$m=19456,t=2,p=1$${bare(salt)}$${bare(value)}`)
  assert.deepEqual(reading, {
    ok: true,
    password: {
      algorithm: 'argon2',
      iterations: 2,
      value: value.toString('base64'),
      salt: salt.toString('base64'),
      parameters: {
        hashLength: ['32'],
        memory: ['19456'],
        type: ['id'],
        version: ['1.3'],
        parallelism: ['1'],
      },
    },
  })
  const greedy = `$argon2id$v=19$m=4194304,t=2,p=1$${bare(salt)}$${bare(value)}`
  assert.deepEqual(readPasswordHash(greedy), { ok: false, refusal: 'too_costly' })
})

test('the salt of Django is text, that of passlib is base64 with dots', () => {
  const django = readPasswordHash('pbkdf2_sha256$600000$seasalt$AAAAAAAAAAAAAAAAAAAAAA==')
  assert.equal(django.ok && django.password.salt, Buffer.from('seasalt').toString('base64'))
  assert.equal(django.ok && django.password.algorithm, 'pbkdf2-sha256')
  const passlib = readPasswordHash('$pbkdf2-sha512$25000$a.bc$AA..AAAA')
  assert.equal(passlib.ok && passlib.password.salt, 'a+bc')
  assert.equal(passlib.ok && passlib.password.value, 'AA++AAAA')
  const sha1 = readPasswordHash('$pbkdf2$131000$abcd$AAAAAAAA')
  assert.equal(sha1.ok && sha1.password.algorithm, 'pbkdf2')
})

test('what nobody here can verify is refused: the person would be locked out', () => {
  for (const hash of [
    '5f4dcc3b5aa765d61d8327deb882cf99',
    '$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E',
    '$6$rounds=5000$salt$hash',
    'bcrypt_sha256$$2b$12$abc',
    'correct horse battery staple',
    '',
  ]) {
    assert.deepEqual(readPasswordHash(hash), { ok: false, refusal: 'unknown_format' }, hash)
  }
})

test('a Keycloak password of an algorithm that came from a module of theirs is refused', () => {
  const given = { hashIterations: 1, value: 'AAAA', salt: 'AAAA' }
  assert.equal(readKeycloakPassword({ ...given, algorithm: 'pbkdf2-sha256' }).ok, true)
  for (const algorithm of ['scrypt', 'pbkdf2-md5', '']) {
    assert.deepEqual(readKeycloakPassword({ ...given, algorithm }), {
      ok: false,
      refusal: 'unknown_format',
    })
  }
})
