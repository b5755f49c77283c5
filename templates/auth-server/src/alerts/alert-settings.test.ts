import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alertSettings, alertsOf } from './alert-settings.ts'

test('settings of before, which say nothing of alerts, have every rule on and mail nobody', () => {
  const { mail, webhook, rules } = alertsOf({})
  assert.deepEqual([mail, webhook], [[], true])
  assert.deepEqual(rules, {
    crossTenantAttempts: { organizations: 5, minutes: 10 },
    passwordSpray: { accounts: 20, minutes: 30 },
    credentialStuffing: { accounts: 100, minutes: 10 },
    refreshReuse: true,
    newDevice: true,
    newCountry: true,
    impossibleTravel: { kilometersPerHour: 1000, kilometers: 500 },
  })
})

test('one number changes one number, and false switches a rule off', () => {
  const { rules } = alertsOf({
    alerts: { rules: { passwordSpray: { accounts: 50 }, impossibleTravel: false } },
  })
  assert.deepEqual(rules.passwordSpray, { accounts: 50, minutes: 30 })
  assert.equal(rules.impossibleTravel, false)
})

test('a misspelt rule is refused: it would have switched nothing off', () => {
  assert.equal(alertSettings.safeParse({ rules: { newDevices: false } }).success, false)
  assert.equal(alertSettings.safeParse({ mail: ['nobody'] }).success, false)
})
