import { AwsClient } from 'aws4fetch'
import { MailError, type MailFault } from '../mail-error.ts'
import type { MailSettings } from '../mail-settings.ts'
import { send, words } from './post-json.ts'
import type { Provider, ReadSecret } from './provider.ts'

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html, signed by SigV4. */
export function openSes(
  settings: Extract<MailSettings, { provider: 'ses' }>,
  secret: ReadSecret,
  base = `https://email.${settings.region}.amazonaws.com`,
): Provider {
  return {
    async send(mail) {
      const accessKeyId = secret(settings.accessKeyId ?? 'AWS_ACCESS_KEY_ID')
      const secretAccessKey = secret(settings.secretAccessKey ?? 'AWS_SECRET_ACCESS_KEY')
      const { region } = settings
      const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 'ses' })
      const request = await client.sign(`${base}/v2/email/outbound-emails`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(bodyOf(mail)),
      })
      const { status, headers, body } = await send(request)
      if (status === 200) return
      // `x-amzn-ErrorType: MessageRejected:http://...`; some answers have it in the body only.
      const type = String(headers.get('x-amzn-errortype') ?? body?.__type ?? '').split(/[:#]/)[0]
      const message = body?.message ?? body?.Message
      const said = words(message, accessKeyId, secretAccessKey)
      throw new MailError(
        faultOf(status, type ?? '', String(message)),
        `SES: ${status} ${type} ${said}`,
      )
    },
  }
}

function bodyOf({ from, to, subject, text, html, headers }: Parameters<Provider['send']>[0]) {
  const content = (Data: string) => ({ Data, Charset: 'UTF-8' })
  return {
    FromEmailAddress: from,
    Destination: { ToAddresses: [to] },
    Content: {
      Simple: {
        Subject: content(subject),
        Body: { Text: content(text), Html: content(html) },
        Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
      },
    },
  }
}

function faultOf(status: number, type: string, message: string): MailFault {
  if (status === 429 || status >= 500 || type === 'LimitExceededException') return 'temporary'
  // "Email address is not verified" is of the sender, and in the sandbox of the recipient too.
  if (type === 'MessageRejected' && !/not verified/i.test(message)) return 'recipient'
  if (type === 'BadRequestException' && /address/i.test(message)) return 'recipient'
  return 'settings'
}
