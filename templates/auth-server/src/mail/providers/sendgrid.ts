import { MailError, type MailFault } from '../mail-error.ts'
import type { MailSettings } from '../mail-settings.ts'
import { postJson, words } from './post-json.ts'
import { type Provider, type ReadSecret, splitAddress } from './provider.ts'

/** https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send */
export function openSendgrid(
  settings: Extract<MailSettings, { provider: 'sendgrid' }>,
  secret: ReadSecret,
  base = 'https://api.sendgrid.com',
): Provider {
  return {
    async send({ from, to, subject, text, html, headers }) {
      const key = secret(settings.apiKey ?? 'SENDGRID_API_KEY')
      const { name, email } = splitAddress(from)
      const { status, body } = await postJson(
        `${base}/v3/mail/send`,
        { Authorization: `Bearer ${key}` },
        {
          personalizations: [{ to: [{ email: to }] }],
          from: name ? { email, name } : { email },
          subject,
          // In this order: SendGrid refuses the richer one first.
          content: [
            { type: 'text/plain', value: text },
            { type: 'text/html', value: html },
          ],
          headers,
          tracking_settings: {
            click_tracking: { enable: false, enable_text: false },
            open_tracking: { enable: false },
          },
        },
      )
      if (status === 202) return
      const errors = Array.isArray(body?.errors) ? body.errors : []
      const said = words(errors.map((one: { message?: string }) => one.message).join(' '), key)
      throw new MailError(faultOf(status, errors), `SendGrid: ${status} ${said}`)
    },
  }
}

function faultOf(status: number, errors: { field?: unknown }[]): MailFault {
  if (status === 400 && errors.some((one) => String(one.field).startsWith('personalizations'))) {
    return 'recipient'
  }
  return status === 429 || status >= 500 ? 'temporary' : 'settings'
}
