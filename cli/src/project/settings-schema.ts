import { z } from 'zod'

const Slug = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/,
    'must be 3 to 40 lower-case letters, digits and hyphens, starting with a letter',
  )
const Colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #4f46e5')
const Permission = z
  .string()
  .regex(/^[a-z][a-z0-9-]*(:[a-z][a-z0-9-]*)+$/, 'must look like projects:create')
const Grant = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*(:[a-z][a-z0-9-]*)*(:\*)?$/,
    'must look like projects:create or projects:*',
  )
const Origin = z
  .string()
  .refine(isOrigin, 'must be an origin such as https://app.example.com, without a path')
const WebUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text),
    'must be a full URL such as https://app.example.com/callback',
  )

/** What the CLI itself reads of authstack.config.ts. The server's own type may hold more. */
export const SettingsSchema = z.looseObject({
  project: Slug,
  name: z.string().min(1).max(80),
  theme: z
    .looseObject({
      primaryColor: Colour.optional(),
      fontFamily: z.string().optional(),
      radius: z.string().optional(),
      darkMode: z.enum(['system', 'light', 'dark']).optional(),
    })
    .optional(),
  logo: z.looseObject({ src: z.string(), alt: z.string() }).nullable().optional(),
  locales: z.array(z.string()).min(1).optional(),
  signup: z
    .looseObject({
      enabled: z.boolean().optional(),
      emailVerification: z.string().optional(),
      fields: z
        .array(
          z.looseObject({
            name: z.string(),
            type: z.enum(['text', 'phone', 'select', 'checkbox']),
            label: z.string(),
            required: z.boolean().optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  signIn: z
    .looseObject({
      password: z.boolean().optional(),
      magicLink: z.boolean().optional(),
      emailCode: z.boolean().optional(),
      passkeys: z.boolean().optional(),
      social: z.array(z.unknown()).optional(),
    })
    .optional(),
  passwordPolicy: z.looseObject({ minLength: z.number().int().min(8).max(72) }).optional(),
  session: z
    .looseObject({
      refreshDays: z.number().int().min(1).max(365).optional(),
      idleMinutes: z.number().int().min(1).nullable().optional(),
    })
    .optional(),
  security: z
    .looseObject({
      loginThrottle: z
        .looseObject({
          attempts: z.number().int().min(1).max(1000),
          windowMinutes: z.number().int().min(1).max(1440),
        })
        .optional(),
      ipAllowlist: z.array(z.string()).optional(),
      requestsPerMinute: z.looseObject({}).optional(),
    })
    .optional(),
  permissions: z.array(z.looseObject({ name: Permission, description: z.string() })).default([]),
  roles: z.record(Slug.or(z.string().regex(/^[a-z]{2}$/)), z.array(Grant)).default({}),
  plans: z.array(z.looseObject({ id: z.string(), name: z.string() })).optional(),
  audit: z.looseObject({ retentionDays: z.number().int().min(1).optional() }).optional(),
  alerts: z.looseObject({ mail: z.array(z.string()).optional() }).optional(),
  billing: z.looseObject({ provider: z.enum(['stripe']).nullable() }).optional(),
  webhooks: z.array(z.looseObject({ url: WebUrl, secret: z.string() })).optional(),
  mail: z.looseObject({ provider: z.string(), from: z.string() }).optional(),
  allowedOrigins: z.array(Origin).default([]),
  redirectUris: z.array(WebUrl).default([]),
  environments: z
    .record(
      z.string(),
      z.looseObject({
        target: z.enum(['local', 'digitalocean']),
        port: z.number().int().min(1024).max(65535).nullable().optional(),
      }),
    )
    .default({ local: { target: 'local', port: null } }),
})

export type Settings = z.infer<typeof SettingsSchema>

function isOrigin(text: string): boolean {
  // new URL() would accept "https://a/" and "https://A"; a browser never sends either as Origin.
  return URL.canParse(text) && new URL(text).origin === text
}
