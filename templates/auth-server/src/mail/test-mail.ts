import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { emailInput } from '../auth/inputs.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { modeQuery } from '../operator/mode-query.ts'
import { recordOperatorEvent } from '../operator/record-operator-event.ts'
import { checkDomain } from './check-domain.ts'
import { MailError } from './mail-error.ts'
import { splitAddress } from './providers/provider.ts'
import { mailFrom, openMailSender } from './send-mail.ts'

export const testMail = defineAction<OperatorContext>()({
  id: 'operatorTestMail',
  summary: 'Send one mail now by the provider of the settings, and look SPF, DKIM and DMARC up',
  query: modeQuery,
  body: z.strictObject({ to: emailInput }),
  output: z.object({
    provider: z.string(),
    from: z.string(),
    sent: z.boolean(),
    fault: z.enum(['recipient', 'settings', 'temporary']).nullable(),
    error: z.string().nullable(),
    checks: z.array(
      z.object({
        name: z.string(),
        status: z.enum(['ok', 'weak', 'missing', 'wrong', 'unknown']),
        record: z.string(),
        found: z.string().nullable(),
        advice: z.string().nullable(),
        fixer: z.enum(['dns', 'settings']).nullable(),
      }),
    ),
  }),
  async run(context, { body }) {
    const { services } = context
    const { settings, dns } = services
    const from = mailFrom(services)
    const domain = splitAddress(from).email.split('@')[1] ?? ''
    const [result, checks] = await Promise.all([
      sendOne(context, body.to),
      // Without a provider of its own the project's mails stay in the mailbox, and nobody judges them.
      settings.mail && domain.includes('.') ? checkDomain(dns, domain, settings.mail) : [],
    ])
    await recordOperatorEvent(context, 'mail.tested', { sent: result.sent })
    return { provider: settings.mail?.provider ?? 'mailbox', from, ...result, checks }
  },
})

async function sendOne({ services, mode }: OperatorContext, to: string) {
  const sender = await openMailSender(services)
  try {
    const [locale = 'en'] = services.settings.locales
    const mail = { template: 'mail-test' as const, to, data: {} }
    await sender.sendForReal({ mode, id: randomUUID(), mail, token: null, locale })
    return { sent: true, fault: null, error: null }
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    return { sent: false, fault: error.fault, error: error.message }
  } finally {
    sender.close()
  }
}
