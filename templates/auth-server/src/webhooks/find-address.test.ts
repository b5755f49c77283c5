import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findAddress, type Lookup, rangeOf } from './find-address.ts'

const answers =
  (...addresses: string[]): Lookup =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

test('every kind of address that is not of the public internet is refused', async () => {
  for (const inner of [
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254', // the metadata service of every cloud
    '100.64.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '::7f00:1', // 127.0.0.1 as IPv6 wrote it once
    '::a9fe:a9fe',
    'fec0::1',
    '168.63.129.16', // Azure's own, from inside its machines
    '2002:7f00:1::',
    '2001:db8::1',
  ]) {
    const options = { allowLoopback: false, lookup: answers(inner) }
    await assert.rejects(findAddress('a.example', options), /private address/, inner)
  }
  for (const outer of ['1.1.1.1', '93.184.216.34', '2606:4700:4700::1111']) {
    const { address } = await findAddress('a.example', {
      allowLoopback: false,
      lookup: answers(outer),
    })
    assert.equal(address, outer)
  }
})

test('a name with one public and one inner address is refused whole', async () => {
  for (const mixed of [
    ['1.1.1.1', '10.0.0.1'],
    ['2606:4700:4700::1111', '::1'],
  ]) {
    const options = { allowLoopback: false, lookup: answers(...mixed) }
    await assert.rejects(findAddress('a.example', options), /private address/)
  }
})

test("a developer's own machine may be called on loopback, and on nothing else of the inside", async () => {
  const local = (inner: string) =>
    findAddress('a.example', { allowLoopback: true, lookup: answers(inner) })
  assert.equal((await local('127.0.0.1')).address, '127.0.0.1')
  assert.equal((await local('::1')).address, '::1')
  for (const inner of ['10.0.0.1', '169.254.169.254']) {
    await assert.rejects(local(inner), /private address/)
  }
})

test('the many spellings of loopback in a URL are one address by the time it is looked at', async () => {
  for (const spelled of ['127.1', '0x7f000001', '2130706433', '0177.0.0.1', '[::ffff:7f00:1]']) {
    const { hostname } = new URL(`https://${spelled}/`)
    await assert.rejects(
      findAddress(hostname, { allowLoopback: false }),
      /private address/,
      spelled,
    )
  }
  assert.equal(rangeOf('no address'), 'invalid')
})
