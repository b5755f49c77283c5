import { createTransport } from 'nodemailer'
import type { Mode } from '../db/mode.ts'
import type { Services } from '../services.ts'
import { loadOwnWords } from './load-own-words.ts'
import type { Mail } from './mail.ts'
import { mailContent } from './mail-content.ts'
import { renderHtml, renderText } from './render-mail.ts'

export interface MailSender {
  /** Hands one mail to the SMTP server. `id` makes the Message-ID, so a repeat can be recognised. */
  send(mode: Mode, id: string, mail: Mail, token: string | null): Promise<void>
  close(): void
}

/** The only door to SMTP. */
export async function openMailSender({
  env,
  settings,
}: Pick<Services, 'env' | 'settings'>): Promise<MailSender> {
  const own = await loadOwnWords()
  const transport = createTransport({
    url: env.smtpUrl,
    pool: true,
    maxConnections: 2,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 15_000,
  })
  const look = { name: settings.name, primaryColor: settings.theme.primaryColor }
  return {
    async send(mode, id, mail, token) {
      // The test key is public: off this computer, test mode must not be a way to mail strangers.
      if (mode === 'test' && env.environment !== 'local') return
      const pagesUrl = mode === 'test' ? `${env.publicUrl}/test` : env.publicUrl
      const place = { name: settings.name, pagesUrl }
      const builtIn = mailContent(mail, token, place)
      const content = own[mail.template]?.(builtIn, mail, place) ?? builtIn
      await transport.sendMail({
        from: env.mailFrom,
        to: mail.to,
        subject: content.subject,
        text: renderText(content, look),
        html: renderHtml(content, look),
        messageId: `<${id}@${new URL(env.publicUrl).hostname}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        disableFileAccess: true,
        disableUrlAccess: true,
      })
    },
    close: () => transport.close(),
  }
}
