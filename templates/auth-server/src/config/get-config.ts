import { z } from 'zod'
import { PASSWORD_BYTES_MAX } from '../auth/check-password-rules.ts'
import type { KeyContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'

/** What a page needs to draw itself. Nothing in it is a secret or tells of anybody. */
export const getConfig = defineAction<KeyContext>()({
  id: 'getConfig',
  summary: 'Public settings: theme, sign-in methods, sign-up fields, plans',
  output: z.object({
    project: z.string(),
    name: z.string(),
    mode: z.enum(['live', 'test']),
    version: z.string(),
    theme: z.object({
      primaryColor: z.string(),
      fontFamily: z.string(),
      radius: z.string(),
      darkMode: z.enum(['system', 'light', 'dark']),
    }),
    logo: z.object({ src: z.string(), alt: z.string() }).nullable(),
    locales: z.array(z.string()),
    methods: z.object({
      password: z.boolean(),
      magicLink: z.boolean(),
      emailCode: z.boolean(),
      passkeys: z.boolean(),
      social: z.array(z.string()),
    }),
    signup: z.object({
      enabled: z.boolean(),
      emailVerification: z.enum(['required', 'optional']),
      fields: z.array(
        z.object({
          name: z.string(),
          type: z.enum(['text', 'phone', 'select', 'checkbox']),
          label: z.string(),
          required: z.boolean(),
          options: z.array(z.string()).optional(),
        }),
      ),
    }),
    passwordPolicy: z.object({ minLength: z.number(), maxBytes: z.number() }),
    plans: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        priceMonthly: z.number(),
        limits: z.record(z.string(), z.number()),
        features: z.array(z.string()),
      }),
    ),
    sessionDelivery: z.enum(['cookie', 'bff', 'body']).nullable(),
    keyId: z.string(),
  }),
  async run({ services, mode, key, reply }) {
    const { settings, env } = services
    // A deploy must show at once; the answer is cheap.
    reply.header('Cache-Control', 'private, no-cache')
    return {
      project: env.project,
      name: settings.name,
      mode,
      version: env.version,
      theme: settings.theme,
      logo: settings.logo,
      locales: settings.locales,
      methods: settings.signIn,
      signup: settings.signup,
      passwordPolicy: {
        minLength: settings.passwordPolicy.minLength,
        maxBytes: PASSWORD_BYTES_MAX,
      },
      plans: settings.plans,
      sessionDelivery: key.sessionDelivery,
      keyId: key.id,
    }
  },
})
