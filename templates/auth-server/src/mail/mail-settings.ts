import { z } from 'zod'

const secretName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, 'The NAME of a secret, like "RESEND_API_KEY"')

/** `Acme <no-reply@acme.com>` or the bare address. */
const from = z
  .string()
  .max(200)
  // No line breaks: the address goes into a header.
  .regex(
    /^(?:[^<>\r\n]{1,100} <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/,
    'Like "Acme <no-reply@acme.com>"',
  )

const every = {
  from,
  /** The selector under which the provider's DKIM key stands, for `authstack mail test`. */
  dkimSelector: z
    .string()
    .regex(/^[a-zA-Z0-9-]{1,63}$/)
    .optional(),
  /** On a developer's machine mails stay in the mailbox, unless this says otherwise. */
  sendFromLocal: z.boolean().optional(),
}

/** How mails leave. Keys are named here and kept by `authstack secrets set`. */
export const mailSettings = z.discriminatedUnion('provider', [
  z.strictObject({
    ...every,
    provider: z.literal('smtp'),
    host: z.string().min(1).max(253),
    port: z.number().int().min(1).max(65535).optional(),
    user: z.string().min(1).max(200).optional(),
    password: secretName.optional(),
  }),
  z.strictObject({
    ...every,
    provider: z.literal('postmark'),
    serverToken: secretName.optional(),
    messageStream: z.string().min(1).max(60).optional(),
  }),
  z.strictObject({ ...every, provider: z.literal('resend'), apiKey: secretName.optional() }),
  z.strictObject({ ...every, provider: z.literal('sendgrid'), apiKey: secretName.optional() }),
  z.strictObject({
    ...every,
    provider: z.literal('ses'),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'Like "eu-central-1"'),
    accessKeyId: secretName.optional(),
    secretAccessKey: secretName.optional(),
  }),
])

export type MailSettings = z.input<typeof mailSettings>
export type MailProvider = MailSettings['provider']
