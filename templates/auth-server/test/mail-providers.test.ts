import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { generate } from 'selfsigned'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { MailError } from '../src/mail/mail-error.ts'
import { openPostmark } from '../src/mail/providers/postmark.ts'
import type { OutgoingMail, Provider } from '../src/mail/providers/provider.ts'
import { openResend } from '../src/mail/providers/resend.ts'
import { openSendgrid } from '../src/mail/providers/sendgrid.ts'
import { openSes } from '../src/mail/providers/ses.ts'
import { openSmtp, type SmtpServer } from '../src/mail/providers/smtp.ts'
import {
  awsKeys,
  openStandIn,
  postmark,
  postmarkToken,
  resend,
  resendKey,
  type StandIn,
  type StandInAnswer,
  sendgrid,
  sendgridKey,
  ses,
} from './support/mail-stand-ins.ts'

const from = 'Acme <no-reply@acme.example>'
const secrets: Record<string, string> = {
  POSTMARK_SERVER_TOKEN: postmarkToken,
  RESEND_API_KEY: resendKey,
  SENDGRID_API_KEY: sendgridKey,
  AWS_ACCESS_KEY_ID: awsKeys.id,
  AWS_SECRET_ACCESS_KEY: awsKeys.secret,
}
const secret = (name: string) => String(secrets[name])
const mail: OutgoingMail = {
  id: '0b6b0a0e-1f5e-4f0e-9d07-6b1d3a1f0c11',
  from,
  to: 'ada@example.com',
  subject: 'Prüfen Sie „alles“ 🎉',
  text: 'Hallo Zoë',
  html: '<p>Hallo Zoë</p>',
  headers: { 'Auto-Submitted': 'auto-generated' },
}

/** What the provider says, and whose fault it is. The words repeat the key, as a careless API might. */
type Refusal = [what: string, fault: MailError['fault'], answer: StandInAnswer]

interface Case {
  name: string
  api: Parameters<typeof openStandIn>[0]
  open(url: string): Provider
  // biome-ignore lint/suspicious/noExplicitAny: each provider has a shape of its own.
  parts(body: any): unknown[]
  keys: string[]
  refusals: Refusal[]
}

const cases: Case[] = [
  {
    name: 'Postmark',
    api: postmark,
    open: (url) => openPostmark({ provider: 'postmark', from }, secret, url),
    parts: (body) => [body.From, body.To, body.Subject, body.TextBody, body.HtmlBody],
    keys: [postmarkToken],
    refusals: [
      [
        'a bad key',
        'settings',
        { status: 401, body: { ErrorCode: 10, Message: `Bad token ${postmarkToken}` } },
      ],
      [
        'a sender that is not confirmed',
        'settings',
        { status: 422, body: { ErrorCode: 400, Message: 'Sender signature not found' } },
      ],
      [
        'an address that bounced before',
        'recipient',
        { status: 422, body: { ErrorCode: 406, Message: 'Inactive recipient ada@example.com' } },
      ],
      [
        'a malformed address',
        'recipient',
        { status: 422, body: { ErrorCode: 300, Message: 'Invalid To address' } },
      ],
      ['too many', 'temporary', { status: 429, body: { ErrorCode: 429, Message: 'Rate limit' } }],
      ['an outage', 'temporary', { status: 503 }],
    ],
  },
  {
    name: 'Resend',
    api: resend,
    open: (url) => openResend({ provider: 'resend', from }, secret, url),
    parts: (body) => [body.from, body.to[0], body.subject, body.text, body.html],
    keys: [resendKey],
    refusals: [
      [
        'a bad key',
        'settings',
        {
          status: 401,
          body: { name: 'invalid_api_key', message: `API key is invalid: ${resendKey}` },
        },
      ],
      [
        'a domain that is not verified',
        'settings',
        {
          status: 403,
          body: { name: 'validation_error', message: 'The acme.example domain is not verified' },
        },
      ],
      [
        'a malformed address',
        'recipient',
        {
          status: 422,
          body: {
            name: 'validation_error',
            message:
              'Invalid `to` field. The email address needs to follow the `email@example.com` format.',
          },
        },
      ],
      [
        'a malformed sender',
        'settings',
        { status: 422, body: { name: 'validation_error', message: 'Invalid `from` field.' } },
      ],
      [
        'the same mail still on its way',
        'temporary',
        { status: 409, body: { name: 'concurrent_idempotent_requests', message: 'in progress' } },
      ],
      [
        'too many',
        'temporary',
        { status: 429, body: { name: 'daily_quota_exceeded', message: 'quota' } },
      ],
      [
        'an outage',
        'temporary',
        { status: 500, body: { name: 'internal_server_error', message: 'x' } },
      ],
    ],
  },
  {
    name: 'SendGrid',
    api: sendgrid,
    open: (url) => openSendgrid({ provider: 'sendgrid', from }, secret, url),
    parts: (body) => [
      `${body.from.name} <${body.from.email}>`,
      body.personalizations[0].to[0].email,
      body.subject,
      body.content[0].value,
      body.content[1].value,
    ],
    keys: [sendgridKey],
    refusals: [
      [
        'a bad key',
        'settings',
        {
          status: 401,
          body: {
            errors: [
              {
                message: `The provided authorization grant is invalid ${sendgridKey}`,
                field: null,
              },
            ],
          },
        },
      ],
      [
        'a sender that is not verified',
        'settings',
        {
          status: 403,
          body: {
            errors: [
              {
                message: 'The from address does not match a verified Sender Identity',
                field: 'from',
              },
            ],
          },
        },
      ],
      [
        'a malformed address',
        'recipient',
        {
          status: 400,
          body: {
            errors: [
              {
                message: 'Does not contain a valid address.',
                field: 'personalizations.0.to.0.email',
              },
            ],
          },
        },
      ],
      [
        'too many',
        'temporary',
        { status: 429, body: { errors: [{ message: 'too many requests', field: null }] } },
      ],
      ['an outage', 'temporary', { status: 503 }],
    ],
  },
  {
    name: 'SES',
    api: ses,
    open: (url) => openSes({ provider: 'ses', from, region: 'eu-central-1' }, secret, url),
    parts: ({ FromEmailAddress, Destination, Content: { Simple } }) => [
      FromEmailAddress,
      Destination.ToAddresses[0],
      Simple.Subject.Data,
      Simple.Body.Text.Data,
      Simple.Body.Html.Data,
    ],
    keys: [awsKeys.id, awsKeys.secret],
    refusals: [
      [
        'a bad key',
        'settings',
        sesRefusal(
          403,
          'UnrecognizedClientException',
          `The security token ${awsKeys.id} is invalid`,
        ),
      ],
      [
        'a sender that is not verified',
        'settings',
        sesRefusal(400, 'MessageRejected', 'Email address is not verified.'),
      ],
      [
        'an account that may not send',
        'settings',
        sesRefusal(400, 'SendingPausedException', 'paused'),
      ],
      [
        'a malformed address',
        'recipient',
        sesRefusal(400, 'BadRequestException', 'Missing final @domain in address'),
      ],
      ['too many', 'temporary', sesRefusal(429, 'TooManyRequestsException', 'slow down')],
      ['an outage', 'temporary', { status: 503 }],
    ],
  },
]

function sesRefusal(status: number, type: string, message: string): StandInAnswer {
  return { status, headers: { 'x-amzn-ErrorType': `${type}:http://internal/` }, body: { message } }
}

async function faultOf(provider: Provider): Promise<MailError> {
  try {
    await provider.send(mail)
  } catch (error) {
    assert.ok(error instanceof MailError, String(error))
    return error
  }
  return assert.fail('it was sent')
}

for (const { name, api, open, parts, keys, refusals } of cases) {
  describe(name, () => {
    let standIn: StandIn
    let provider: Provider
    before(async () => {
      standIn = await openStandIn(api)
      provider = open(standIn.url)
    })
    after(() => standIn?.close())

    test('a mail arrives whole, in the shape that the provider documents, without tracking', async () => {
      await provider.send(mail)
      assert.deepEqual(standIn.faults, [])
      assert.deepEqual(parts(standIn.taken[0]), [from, mail.to, mail.subject, mail.text, mail.html])
      assert.ok(JSON.stringify(standIn.taken[0]).includes('Auto-Submitted'))
    })

    for (const [what, fault, answer] of refusals) {
      test(`${what}: ${fault}, and the error holds no key and no address`, async () => {
        standIn.next.push(answer)
        const error = await faultOf(provider)
        assert.deepEqual(standIn.faults, [])
        assert.equal(error.fault, fault, error.message)
        const told = `${error.message} ${error.stack} ${JSON.stringify(error)}`
        for (const key of [...keys, mail.to]) assert.ok(!told.includes(key), told)
      })
    }

    test('nobody there: temporary', async () => {
      const gone = await openStandIn(api)
      await gone.close()
      assert.equal((await faultOf(open(gone.url))).fault, 'temporary')
    })
  })
}

describe('SMTP', () => {
  const password = 'planted-smtp-password'
  const closing: (() => Promise<void>)[] = []
  let tls: { private: string; cert: string }
  before(async () => {
    tls = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    } as never)
  })
  after(() => Promise.all(closing.map((close) => close())))

  /** A real SMTP server that wants a password, and what it got. */
  async function listen(options: SMTPServerOptions = {}, host = '127.0.0.1') {
    const got: { text: string; secure: boolean; user: string | undefined }[] = []
    const server = new SMTPServer({
      key: tls.private,
      cert: tls.cert,
      onAuth: ({ username, password: given }, _session, done) =>
        given === password ? done(null, { user: username }) : done(new Error('Invalid login')),
      onData(stream, session, done) {
        let text = ''
        stream.setEncoding('utf8').on('data', (chunk) => {
          text += chunk
        })
        stream.on('end', () => {
          got.push({ text, secure: session.secure, user: session.user as string | undefined })
          done()
        })
      },
      ...options,
    })
    server.on('error', () => {})
    await new Promise<void>((resolve) => server.listen(0, host, resolve))
    closing.push(() => new Promise((resolve) => server.close(resolve)))
    const { port } = server.server.address() as { port: number }
    return { port, got }
  }

  function open(server: Partial<SmtpServer> & { port: number }): Provider {
    const whole = {
      host: 'localhost',
      secure: false,
      auth: { user: 'acme', pass: password },
      ca: tls.cert,
      ...server,
    }
    const provider = openSmtp(() => whole, 'auth.acme.example')
    closing.push(async () => provider.close?.())
    return provider
  }

  test('password and mail go over TLS, with an id by which a repeat is known', async () => {
    const { port, got } = await listen()
    await open({ port }).send(mail)
    assert.deepEqual([got[0]?.secure, got[0]?.user], [true, 'acme'])
    assert.ok(got[0]?.text.includes(`Message-ID: <${mail.id}@auth.acme.example>`))
    assert.ok(got[0]?.text.includes('Auto-Submitted: auto-generated'))
  })

  test('a certificate that nobody vouches for is refused before the password is sent', async () => {
    let asked = 0
    const { port } = await listen({
      onAuth: (_auth, _session, done) => {
        asked++
        done(null, { user: 'x' })
      },
    })
    const provider = openSmtp(
      () => ({ host: 'localhost', port, secure: false, auth: { user: 'a', pass: password } }),
      'a',
    )
    closing.push(async () => provider.close?.())
    assert.equal((await faultOf(provider)).fault, 'settings')
    assert.equal(asked, 0)
  })

  test('off this computer a server without STARTTLS gets neither password nor mail', async () => {
    let asked = 0
    const { port, got } = await listen(
      {
        disabledCommands: ['STARTTLS'],
        allowInsecureAuth: true,
        onAuth: (_auth, _session, done) => {
          asked++
          done(null, { user: 'x' })
        },
      },
      '0.0.0.0',
    )
    // Reaches this computer, and is no name of it that we take for loopback.
    const error = await faultOf(open({ host: '0.0.0.0', port }))
    assert.equal(error.fault, 'settings')
    assert.deepEqual([asked, got.length], [0, 0])
  })

  test('a wrong password is for the operator, and not repeated', async () => {
    const { port } = await listen()
    const error = await faultOf(open({ port, auth: { user: 'acme', pass: 'planted-wrong-one' } }))
    assert.equal(error.fault, 'settings')
    assert.ok(!error.message.includes('planted'))
  })

  const reply = (code: number) => Object.assign(new Error('no'), { responseCode: code })
  test('no such mailbox is hopeless; greylisting is not; a refused sender is for the operator', async () => {
    const at = async (options: SMTPServerOptions) =>
      (await faultOf(open({ port: (await listen(options)).port }))).fault
    assert.equal(await at({ onRcptTo: (_to, _session, done) => done(reply(550)) }), 'recipient')
    assert.equal(await at({ onRcptTo: (_to, _session, done) => done(reply(451)) }), 'temporary')
    assert.equal(await at({ onMailFrom: (_from, _session, done) => done(reply(553)) }), 'settings')
    assert.equal((await faultOf(open({ port: 1 }))).fault, 'temporary')
  })
})
