import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

/** What a stand-in answers to a call that it understands: the provider's own success or refusal. */
export interface StandInAnswer {
  status: number
  headers?: Record<string, string>
  body?: unknown
}

/** A provider on loopback that knows its documented API and nothing else. */
export interface StandIn {
  url: string
  /** Mails it took, in the provider's own shape. */
  // biome-ignore lint/suspicious/noExplicitAny: one shape per provider.
  taken: any[]
  /** What a caller got wrong: an unknown path, field, header or signature. Must stay empty. */
  faults: string[]
  /** Answers of the next calls instead of success. */
  next: StandInAnswer[]
  close(): Promise<void>
}

interface Api {
  path: string
  body: z.ZodType
  /** What is wrong with the headers, or null. */
  check(request: IncomingMessage, text: string): string | null
  success: StandInAnswer
}

export const postmarkToken = 'pm-4c1b9a3e-planted-token'
export const resendKey = 're_planted_Xk29fkQpZ7'
export const sendgridKey = 'SG.planted.kLq0vT3mYw'
export const awsKeys = { id: 'AKIAPLANTED0KEY', secret: 'planted/aws/secret+key/aaaabbbbcccc' }

const named = z.strictObject({ Name: z.string(), Value: z.string() })
const address = z.string().regex(/^([^<>]+ <[^<>@]+@[^<>@]+>|[^<>@ ]+@[^<>@ ]+)$/)

/** https://postmarkapp.com/developer/api/email-api#send-a-single-email */
export const postmark: Api = {
  path: '/email',
  body: z.strictObject({
    From: address,
    To: address,
    Cc: address.optional(),
    Bcc: address.optional(),
    Subject: z.string().max(2000).optional(),
    Tag: z.string().max(1000).optional(),
    HtmlBody: z.string(),
    TextBody: z.string(),
    ReplyTo: z.string().optional(),
    Metadata: z.record(z.string(), z.string()).optional(),
    Headers: z.array(named).optional(),
    TrackOpens: z.literal(false),
    TrackLinks: z.literal('None'),
    MessageStream: z.string().optional(),
  }),
  check: ({ headers }) =>
    headers['x-postmark-server-token'] === postmarkToken ? null : 'no server token',
  success: {
    status: 200,
    body: { ErrorCode: 0, Message: 'OK', MessageID: 'x', To: '', SubmittedAt: '' },
  },
}

/** https://resend.com/docs/api-reference/emails/send-email */
export const resend: Api = {
  path: '/emails',
  body: z.strictObject({
    from: address,
    to: z.array(address).min(1).max(50),
    subject: z.string(),
    html: z.string().optional(),
    text: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    reply_to: z.string().optional(),
    tags: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(),
  }),
  check({ headers }) {
    if (headers.authorization !== `Bearer ${resendKey}`) return 'no key'
    return /^.{1,256}$/.test(String(headers['idempotency-key'] ?? '')) ? null : 'no idempotency key'
  },
  success: { status: 200, body: { id: '49a3999c-0ce1-4ea6-ab68-afcd6dc2e794' } },
}

/** https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send */
export const sendgrid: Api = {
  path: '/v3/mail/send',
  body: z.strictObject({
    personalizations: z
      .array(
        z.strictObject({
          to: z.array(z.strictObject({ email: z.email(), name: z.string().optional() })).min(1),
        }),
      )
      .min(1),
    from: z.strictObject({ email: z.email(), name: z.string().optional() }),
    subject: z.string().min(1),
    content: z.tuple([
      z.strictObject({ type: z.literal('text/plain'), value: z.string().min(1) }),
      z.strictObject({ type: z.literal('text/html'), value: z.string().min(1) }),
    ]),
    headers: z.record(z.string(), z.string()).optional(),
    tracking_settings: z.strictObject({
      click_tracking: z.strictObject({ enable: z.literal(false), enable_text: z.literal(false) }),
      open_tracking: z.strictObject({ enable: z.literal(false) }),
    }),
  }),
  check: ({ headers }) => (headers.authorization === `Bearer ${sendgridKey}` ? null : 'no key'),
  success: { status: 202 },
}

const content = z.strictObject({ Data: z.string(), Charset: z.string().optional() })

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
export const ses: Api = {
  path: '/v2/email/outbound-emails',
  body: z.strictObject({
    FromEmailAddress: address,
    Destination: z.strictObject({ ToAddresses: z.array(address).min(1) }),
    Content: z.strictObject({
      Simple: z.strictObject({
        Subject: content,
        Body: z.strictObject({ Text: content.optional(), Html: content.optional() }),
        Headers: z.array(named).optional(),
      }),
    }),
    ConfigurationSetName: z.string().optional(),
  }),
  check: checkSigV4,
  success: { status: 200, body: { MessageId: '0100' } },
}

export async function openStandIn(api: Api): Promise<StandIn> {
  const taken: unknown[] = []
  const faults: string[] = []
  const next: StandInAnswer[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      const fault = faultOf(api, request, text)
      if (fault) faults.push(fault)
      const answer: StandInAnswer = fault ? { status: 400 } : (next.shift() ?? api.success)
      if (!fault && answer === api.success) taken.push(JSON.parse(text))
      response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers })
      response.end(answer.body === undefined ? '' : JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    taken,
    faults,
    next,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function faultOf(api: Api, request: IncomingMessage, text: string): string | null {
  if (`${request.method} ${request.url}` !== `POST ${api.path}`) {
    return `${request.method} ${request.url} is no path of the API`
  }
  if (request.headers['content-type'] !== 'application/json') return 'not JSON'
  const wrong = api.check(request, text)
  if (wrong) return wrong
  const parsed = api.body.safeParse(JSON.parse(text))
  return parsed.success ? null : z.prettifyError(parsed.error)
}

/** Signature version 4, computed anew from what arrived: region, service, day, headers and body. */
function checkSigV4({ headers, url, method }: IncomingMessage, text: string): string | null {
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/ses\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      String(headers.authorization),
    )
  if (!parts) return `no signature for ses: ${headers.authorization}`
  const [, id, day, region, signed, signature] = parts as unknown as string[]
  if (id !== awsKeys.id || region !== 'eu-central-1') return 'another key or region'
  const names = String(signed).split(';')
  if (!names.includes('host') || !names.includes('x-amz-date')) return 'host or date not signed'
  const sha = (data: string) => createHash('sha256').update(data).digest('hex')
  const canonical = [
    method,
    url,
    '',
    ...names.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    signed,
    sha(text),
  ].join('\n')
  const hmac = (key: string | Buffer, data: string) =>
    createHmac('sha256', key).update(data).digest()
  const scope = [day, region, 'ses', 'aws4_request']
  const key = scope.reduce<string | Buffer>(
    (before, part) => hmac(before, String(part)),
    `AWS4${awsKeys.secret}`,
  )
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope.join('/'), sha(canonical)]
  return hmac(key, toSign.join('\n')).toString('hex') === signature ? null : 'a wrong signature'
}
