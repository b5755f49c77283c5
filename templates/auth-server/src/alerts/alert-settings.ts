import { z } from 'zod'

const count = z.number().int().min(1).max(100_000)
const minutes = z.number().int().min(1).max(1440)

/**
 * When an alert is raised. Every number has a default that an office of 200 people behind one address
 * does not reach; `false` switches a rule off.
 */
const ruleSettings = z.strictObject({
  /** One person tries organizations that are not theirs. */
  crossTenantAttempts: z
    .union([
      z.literal(false),
      z.strictObject({ organizations: count.default(5), minutes: minutes.default(10) }),
    ])
    .prefault({}),
  /** One network fails to sign in to many accounts and gets into few. */
  passwordSpray: z
    .union([
      z.literal(false),
      z.strictObject({ accounts: count.default(20), minutes: minutes.default(30) }),
    ])
    .prefault({}),
  /** Many accounts fail at once, wherever from, and most of them do not exist. */
  credentialStuffing: z
    .union([
      z.literal(false),
      z.strictObject({ accounts: count.default(100), minutes: minutes.default(10) }),
    ])
    .prefault({}),
  refreshReuse: z.boolean().default(true),
  newDevice: z.boolean().default(true),
  newCountry: z.boolean().default(true),
  impossibleTravel: z
    .union([
      z.literal(false),
      z.strictObject({ kilometersPerHour: count.default(1000), kilometers: count.default(500) }),
    ])
    .prefault({}),
})

export const alertSettings = z.strictObject({
  /** Addresses of the customer's own staff. */
  mail: z.array(z.email()).max(20).default([]),
  /** Whether the endpoints of `webhooks` that ask for `alert.*` get them. */
  webhook: z.boolean().default(true),
  rules: ruleSettings.prefault({}),
})

export type AlertSettings = z.output<typeof alertSettings>
export type AlertRules = AlertSettings['rules']

/** The alerts of settings that may say nothing of them. */
export function alertsOf(settings: { alerts?: z.input<typeof alertSettings> | undefined }) {
  return alertSettings.parse(settings.alerts ?? {})
}
