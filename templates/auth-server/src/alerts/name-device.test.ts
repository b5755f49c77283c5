import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameDevice } from './name-device.ts'

test('a browser and a program have their names, without versions', () => {
  const names = {
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0':
      'Firefox on Windows',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0 Safari/537.36':
      'Chrome on Linux',
    'okhttp/4.12.0': 'okhttp',
    'python-requests/2.32 (Linux)': 'python-requests',
  }
  for (const [sent, name] of Object.entries(names)) assert.equal(nameDevice(sent), name)
  assert.equal(nameDevice(''), null)
  assert.equal(nameDevice(null), null)
})

test('whoever signs in writes no words into the mails of others by their user agent', () => {
  for (const sent of [
    'Your licence has expired, renew at https://evil.example/pay/1 (Windows NT 10.0)',
    'call +49 123 456, the AuthStack team/1 (X11; Linux)',
    'evil.example/1.0 (Macintosh)',
    'evil.example/1.0',
    `${'x'.repeat(300)}/1 (Windows NT 10.0)`,
  ]) {
    assert.doesNotMatch(nameDevice(sent) ?? '', /[. /@:]|x{41}/, sent)
  }
})
