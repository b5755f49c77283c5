import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { leastKilometers } from '../country-places.ts'
import { isCredentialStuffing } from './credential-stuffing.ts'
import { isCrossTenantAttempt } from './cross-tenant-attempts.ts'
import { impossibleJourney } from './impossible-travel.ts'
import { isNewPlace } from './new-place.ts'
import { isPasswordSpray } from './password-spray.ts'

describe('password spray', () => {
  const rule = { accounts: 20 }
  test('a network that fails at many accounts and gets into few', () => {
    assert.equal(isPasswordSpray({ failed: 20, succeeded: 0 }, rule), true)
    assert.equal(isPasswordSpray({ failed: 40, succeeded: 3 }, rule), true)
  })
  test('an office of 200 on Monday: 30 forgot their password over the weekend, 170 got in', () => {
    assert.equal(isPasswordSpray({ failed: 30, succeeded: 170 }, rule), false)
  })
  test('a small office whose server was down: 19 people failed', () => {
    assert.equal(isPasswordSpray({ failed: 19, succeeded: 0 }, rule), false)
  })
})

describe('credential stuffing', () => {
  const rule = { accounts: 100 }
  test('many addresses, most of them unknown here', () => {
    assert.equal(isCredentialStuffing({ failed: 100, unknown: 50 }, rule), true)
  })
  test('a whole company that mistypes knows its own addresses', () => {
    assert.equal(isCredentialStuffing({ failed: 400, unknown: 60 }, rule), false)
  })
})

describe('a new device or country', () => {
  test('differs from every one before', () => {
    assert.equal(isNewPlace(['Firefox on Windows'], 'Chrome on Linux'), true)
  })
  test('the first ever, a known one and none at all raise nothing', () => {
    assert.equal(isNewPlace([], 'Chrome on Linux'), false)
    assert.equal(isNewPlace(['Chrome on Linux'], 'Chrome on Linux'), false)
    assert.equal(isNewPlace(['Chrome on Linux'], null), false)
  })
})

describe('impossible travel', () => {
  const rule = { kilometers: 500, kilometersPerHour: 1000 }
  const at = (minutes: number) => new Date(Date.UTC(2026, 10, 23, 9, minutes))
  test('Germany, and half an hour later Japan', () => {
    const journey = impossibleJourney(
      { country: 'DE', at: at(0) },
      { country: 'JP', at: at(30) },
      rule,
    )
    assert.equal(journey?.minutes, 30)
    assert.ok(journey && journey.kilometers > 7000)
  })
  test('a flight of twelve hours is a flight', () => {
    const from = { country: 'DE', at: at(0) }
    assert.equal(impossibleJourney(from, { country: 'JP', at: at(12 * 60) }, rule), null)
  })
  test('somebody at a border whose phone changes country raises nothing', () => {
    for (const [here, there] of [
      ['DE', 'FR'],
      ['DE', 'CH'],
      ['US', 'CA'],
      ['IN', 'BD'],
      ['RU', 'CN'],
    ] as const) {
      assert.equal(leastKilometers(here, there), 0, `${here} ${there}`)
      const from = { country: here, at: at(0) }
      assert.equal(impossibleJourney(from, { country: there, at: at(1) }, rule), null)
    }
  })
  test('an address without a country says nothing', () => {
    assert.equal(
      impossibleJourney({ country: null, at: at(0) }, { country: 'JP', at: at(1) }, rule),
      null,
    )
    assert.equal(impossibleJourney(null, { country: 'JP', at: at(1) }, rule), null)
  })
})

describe('cross-tenant attempts', () => {
  const rule = { organizations: 5, minutes: 10 }
  const now = Date.UTC(2026, 10, 23, 9)
  const tries = (...ids: string[]) => new Map(ids.map((id) => [id, now - 1000]))
  test('five organizations that are not theirs', () => {
    assert.equal(isCrossTenantAttempt(tries('a', 'b', 'c', 'd', 'e'), new Set(), now, rule), true)
  })
  test('their own ones, and one that they have left, raise nothing', () => {
    const own = new Set(['a', 'b', 'c', 'd'])
    assert.equal(isCrossTenantAttempt(tries('a', 'b', 'c', 'd', 'left'), own, now, rule), false)
  })
  test('what was an hour ago does not count', () => {
    const old = new Map(['a', 'b', 'c', 'd', 'e'].map((id) => [id, now - 3_600_000]))
    assert.equal(isCrossTenantAttempt(old, new Set(), now, rule), false)
  })
})
