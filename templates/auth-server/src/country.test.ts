import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCountries } from './country.ts'

test('addresses of both families have the country of their network, without asking anybody', () => {
  const { countryOf } = openCountries()
  assert.equal(countryOf('193.99.144.80'), 'DE')
  assert.equal(countryOf('::ffff:193.99.144.80'), 'DE')
  assert.equal(countryOf('2001:240:bb81::1'), 'JP')
})

test('a private address, a loopback and nonsense have none', () => {
  const { countryOf } = openCountries()
  const addresses = ['10.1.2.3', '192.168.0.1', '203.0.113.9', '127.0.0.1', '::1', 'fe80::1']
  for (const ip of [...addresses, 'fd00::1', '::ffff:192.168.0.1', 'office', '']) {
    assert.equal(countryOf(ip), null, ip)
  }
})
