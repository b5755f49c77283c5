import { z } from 'zod'
import { alertSettings } from './alerts/alert-settings.ts'
import { auditSettings } from './audit/audit-settings.ts'
import { mailSettings } from './mail/mail-settings.ts'
import { webhookSettings } from './webhooks/webhook-settings.ts'

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Lower-case letters, digits and dashes')
const permissionName = z
  .string()
  .max(48)
  .regex(/^[a-z0-9-]+(:[a-z0-9-]+)+$/, 'Like "projects:create"')
const grant = z
  .string()
  .max(48)
  .regex(/^([a-z0-9-]+:)+([a-z0-9-]+|\*)$|^\*$/, 'A permission, or a wildcard like "projects:*"')
/** An origin exactly as browsers send it: scheme, host and, when not the default, port. */
const origin = z.string().refine(isOrigin, 'An origin like "https://app.example.com", with no path')
const hexColor = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'A colour like "#4f46e5"')

/** Settings of later versions: refused while nothing stands behind them, never accepted and ignored. */
const notYet = z.literal(false, 'This version does not have this yet; it must be false')
const noneYet = z.array(z.string()).max(0, 'This version does not have this yet; it must be empty')

const signupField = z
  .strictObject({
    name: z.string().regex(/^[a-z][A-Za-z0-9_]{0,39}$/),
    type: z.enum(['text', 'phone', 'select', 'checkbox']),
    label: z.string().min(1).max(80),
    required: z.boolean(),
    options: z.array(z.string().min(1).max(80)).min(1).max(100).optional(),
  })
  .refine((field) => field.type !== 'select' || field.options, 'A select needs options')

const priceId = z.string().regex(/^price_\w+$/, 'The id of a price at Stripe, like "price_1Abc"')

const plan = z.strictObject({
  id: slug,
  name: z.string().min(1).max(60),
  priceMonthly: z.number().min(0),
  limits: z.record(z.string(), z.number().int().min(0)),
  features: z.array(z.string().max(120)),
  /** Free days before the first payment, once an organization. */
  trialDays: z.number().int().min(1).max(730).optional(),
  /** The price at Stripe; its live and its test mode have prices of their own. */
  stripePriceId: z
    .union([priceId, z.strictObject({ live: priceId.optional(), test: priceId.optional() })])
    .optional(),
  /** Prices that are no longer sold, and that subscribers of before still pay. */
  olderStripePriceIds: z.array(priceId).max(50).optional(),
  /** How long the audit trail of an organization on this plan is kept. */
  auditRetentionDays: z.number().int().min(1).max(36_500).optional(),
})

/** The shape of `authstack.config.ts`. Unknown names are refused: a typo must not switch a rule off. */
export const settingsSchema = z.strictObject({
  project: slug.max(40),
  name: z.string().min(1).max(80),
  theme: z.strictObject({
    primaryColor: hexColor,
    fontFamily: z.string().min(1).max(120),
    radius: z.string().regex(/^\d+(\.\d+)?(px|rem)$/),
    darkMode: z.enum(['system', 'light', 'dark']),
  }),
  logo: z.strictObject({ src: z.string().min(1), alt: z.string() }).nullable(),
  locales: z.array(z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/)).min(1),
  signup: z.strictObject({
    enabled: z.boolean(),
    emailVerification: z.enum(['required', 'optional']),
    fields: z.array(signupField).max(20),
  }),
  signIn: z.strictObject({
    password: z.boolean(),
    magicLink: notYet,
    emailCode: notYet,
    passkeys: notYet,
    social: noneYet,
  }),
  passwordPolicy: z.strictObject({ minLength: z.number().int().min(8).max(72) }),
  session: z.strictObject({
    refreshDays: z.number().int().min(1).max(365),
    idleMinutes: z.number().int().min(1).nullable(),
  }),
  security: z.strictObject({
    loginThrottle: z.strictObject({
      attempts: z.number().int().min(1).max(100),
      windowMinutes: z.number().int().min(1).max(1440),
    }),
    captcha: z.null(),
    ipAllowlist: noneYet,
    /** Requests of one address, with one key, of one person. Left out: 3000, 6000 and 1200. */
    requestsPerMinute: z
      .strictObject({
        address: z.number().int().min(60).optional(),
        key: z.number().int().min(60).optional(),
        person: z.number().int().min(60).optional(),
      })
      .optional(),
  }),
  permissions: z.array(z.strictObject({ name: permissionName, description: z.string().max(200) })),
  roles: z.record(slug, z.array(grant)),
  plans: z.array(plan).min(1),
  billing: z
    .strictObject({
      provider: z.enum(['stripe']).nullable(),
      /** Days that a plan stays after a payment failed. 7 when it is not set. */
      graceDays: z.number().int().min(0).max(60).optional(),
    })
    .optional(),
  organizations: z.strictObject({
    max: z.number().int().min(1),
    perUserMax: z.number().int().min(1),
    perHourMax: z.number().int().min(1),
    /** So long a deleted organization can be brought back. 30 when it is not set. */
    deletionGraceDays: z.number().int().min(0).max(365).optional(),
  }),
  allowedOrigins: z.array(origin),
  redirectUris: z.array(z.url()),
  webhooks: z.array(webhookSettings).max(20),
  /** Without it, mails go to the SMTP server of the environment (locally the mailbox). */
  mail: mailSettings.optional(),
  audit: auditSettings.optional(),
  alerts: alertSettings.optional(),
  environments: z.record(slug, z.looseObject({ target: z.enum(['local', 'digitalocean']) })),
})

/** The settings of a project, as its `authstack.config.ts` exports them. */
export type Settings = z.input<typeof settingsSchema>

let loaded: Settings | undefined

/** The project's settings, checked once. Throws an error that lists every fault by its path. */
export async function loadSettings(): Promise<Settings> {
  if (!loaded) {
    const module = (await import('../authstack.config.ts')) as { default: unknown }
    loaded = parseSettings(module.default)
  }
  return loaded
}

/** @internal Exported for its tests and for the tools that edit settings. */
export function parseSettings(value: unknown): Settings {
  const parsed = settingsSchema.superRefine(checkBilling).safeParse(value)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`authstack.config.ts is not valid:\n${faults.join('\n')}`)
}

/** What is sold must have a price at Stripe, and what is not paid must have a plan to fall back to. */
function checkBilling(
  { billing, plans }: z.output<typeof settingsSchema>,
  context: z.RefinementCtx,
): void {
  if (billing?.provider !== 'stripe') return
  const fault = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path: ['plans', ...path], message })
  if (!plans.some((one) => one.priceMonthly === 0)) {
    fault([], 'One plan must cost nothing: it is what an organization has that does not pay')
  }
  const seen = new Set<string>()
  plans.forEach((one, at) => {
    if (seen.has(one.id)) fault([at, 'id'], 'Two plans have this id')
    seen.add(one.id)
    if (one.priceMonthly > 0 && !one.stripePriceId) {
      fault([at, 'stripePriceId'], 'A plan that costs something needs its price at Stripe')
    }
    for (const price of stripePricesOf(one)) {
      if (seen.has(price)) fault([at, 'stripePriceId'], `Two plans have the price ${price}`)
      seen.add(price)
    }
  })
}

function stripePricesOf({
  stripePriceId = {},
  olderStripePriceIds = [],
}: z.output<typeof plan>): string[] {
  const sold = typeof stripePriceId === 'string' ? [stripePriceId] : Object.values(stripePriceId)
  return [...new Set([...sold, ...olderStripePriceIds])]
}

function isOrigin(value: string): boolean {
  try {
    return new URL(value).origin === value
  } catch {
    return false
  }
}
