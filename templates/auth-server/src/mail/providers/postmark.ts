import { MailError, type MailFault } from '../mail-error.ts'
import type { MailSettings } from '../mail-settings.ts'
import { postJson, words } from './post-json.ts'
import type { Provider, ReadSecret } from './provider.ts'

/** 300: the address is malformed; 406: it bounced before or complained, and Postmark holds it back. */
const recipientCodes = new Set([300, 406])

/** https://postmarkapp.com/developer/api/email-api */
export function openPostmark(
  settings: Extract<MailSettings, { provider: 'postmark' }>,
  secret: ReadSecret,
  base = 'https://api.postmarkapp.com',
): Provider {
  return {
    async send({ from, to, subject, text, html, headers }) {
      const token = secret(settings.serverToken ?? 'POSTMARK_SERVER_TOKEN')
      const { status, body } = await postJson(
        `${base}/email`,
        { 'X-Postmark-Server-Token': token },
        {
          From: from,
          To: to,
          Subject: subject,
          TextBody: text,
          HtmlBody: html,
          MessageStream: settings.messageStream ?? 'outbound',
          Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
          TrackOpens: false,
          TrackLinks: 'None',
        },
      )
      if (status === 200) return
      const said = words(body?.Message, token)
      throw new MailError(faultOf(status, body?.ErrorCode), `Postmark: ${status} ${said}`)
    },
  }
}

function faultOf(status: number, code: unknown): MailFault {
  if (status === 422 && recipientCodes.has(Number(code))) return 'recipient'
  return status === 401 || status === 422 || status === 404 ? 'settings' : 'temporary'
}
