import { MailError, type MailFault } from '../mail-error.ts'
import type { MailSettings } from '../mail-settings.ts'
import { postJson, words } from './post-json.ts'
import type { Provider, ReadSecret } from './provider.ts'

/** https://resend.com/docs/api-reference/emails/send-email */
export function openResend(
  settings: Extract<MailSettings, { provider: 'resend' }>,
  secret: ReadSecret,
  base = 'https://api.resend.com',
): Provider {
  return {
    async send({ id, from, to, subject, text, html, headers }) {
      const key = secret(settings.apiKey ?? 'RESEND_API_KEY')
      const { status, body } = await postJson(
        `${base}/emails`,
        // Kept for a day: the same mail twice is one mail.
        { Authorization: `Bearer ${key}`, 'Idempotency-Key': id },
        { from, to: [to], subject, text, html, headers },
      )
      if (status === 200) return
      const said = words(body?.message, key)
      throw new MailError(faultOf(status, body), `Resend: ${status} ${said}`)
    },
  }
}

function faultOf(status: number, body: { name?: unknown; message?: unknown } | null): MailFault {
  // `validation_error` is said of a bad `to` and of a bad `from` alike; the sentence tells which.
  if (status === 422 && /`to`/.test(String(body?.message))) return 'recipient'
  // An account that has sent its day's or month's share: tomorrow it may again.
  if (status === 429 || status >= 500 || status === 409) return 'temporary'
  return 'settings'
}
