import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { SMTPServer } from 'smtp-server'
import type { Mode } from '../src/db/mode.ts'
import { enqueueMail } from '../src/mail/enqueue-mail.ts'
import type { Mail } from '../src/mail/mail.ts'
import { MailError } from '../src/mail/mail-error.ts'
import { mailHandler } from '../src/mail/mail-handler.ts'
import type { MailSettings } from '../src/mail/mail-settings.ts'
import { type MailSender, type NextMail, openMailSender } from '../src/mail/send-mail.ts'
import type { Outcome } from '../src/outbox/outbox-handler.ts'
import { claimRow, settleRow } from '../src/outbox/outbox-rows.ts'
import type { Services } from '../src/services.ts'
import { superuserUrl } from './support/instance.ts'
import { mode, openTenantWorld, type TenantWorld } from './support/tenant-world.ts'

const superuser = superuserUrl()

describe('a mail on its way', {
  skip: !superuser && 'no PostgreSQL: set AUTHSTACK_PG_SUPERUSER_URL',
}, () => {
  let world: TenantWorld
  before(async () => {
    world = await openTenantWorld(superuser as string, { locales: ['en', 'de', 'fr'] })
  })
  beforeEach(() => world.db.hubQuery(mode)('outbox').delete())
  after(() => world?.close())

  const mail = (to: string, changes: Partial<Mail> = {}): Mail =>
    ({ template: 'password-reset', to, data: {}, token: 'tok', ...changes }) as Mail

  /** Leaves a mail and works it once, with a sender that does as it is told. */
  async function work(
    left: Mail,
    send: (next: NextMail) => Promise<void> = async () => {},
  ): Promise<{ sent: NextMail[]; outcome: Outcome; row: Record<string, unknown> }> {
    const sent: NextMail[] = []
    const sender: MailSender = {
      async send(next) {
        await send(next)
        sent.push(next)
      },
      sendForReal: async () => {},
      close: () => {},
    }
    await world.db.hub(mode, (trx) => enqueueMail(world.services, trx, left))
    const hub = world.db.hubQuery(mode)
    const { id } = await hub('outbox').first('id')
    const claimed = await claimRow(hub, 'mail', id)
    assert.ok(claimed)
    const outcome = await mailHandler(world.services, sender).run(mode, claimed)
    await settleRow(hub, claimed, outcome)
    return { sent, outcome, row: await hub('outbox').where({ id }).first() }
  }

  test("the person's own language goes before the request's, and that before the first", async () => {
    const { id, email } = await world.newUser()
    const locale = async (left: Mail) => (await work(left)).sent[0]?.locale
    assert.equal(await locale(mail(email)), 'en')
    await world.db.hubQuery(mode)('outbox').delete()
    assert.equal(await locale(mail(email, { locale: 'fr' })), 'fr')
    await world.db.hubQuery(mode)('outbox').delete()
    await world.db.hubQuery(mode)('users').where({ id }).update({ locale: 'de' })
    assert.equal(await locale(mail(email, { locale: 'fr' })), 'de')
    await world.db.hubQuery(mode)('outbox').delete()
    await world.db.hubQuery(mode)('users').where({ id }).update({ locale: 'es' })
    assert.equal(await locale(mail(email)), 'en', 'a language that the settings no longer offer')
  })

  test('when it is out, neither address, words nor token stay', async () => {
    const { sent, row } = await work(mail('ada@example.com'))
    assert.equal(sent[0]?.token, 'tok')
    assert.deepEqual(row.payload, { template: 'password-reset' })
    assert.deepEqual([row.sealed, row.last_error], [null, null])
  })

  test('no such mailbox: given up at once, the token gone; a wrong key: it waits for the operator', async () => {
    const fail = (fault: MailError['fault']) => async () => {
      throw new MailError(fault, `no: ${fault}`)
    }
    const gone = await work(mail('ada@example.com'), fail('recipient'))
    assert.deepEqual(gone.outcome, { givenUp: 'no: recipient' })
    assert.deepEqual([gone.row.sealed, gone.row.failed_at === null], [null, false])
    assert.ok(!JSON.stringify(gone.row).includes('ada@'), 'the address does not stay')
    for (const fault of ['settings', 'temporary'] as const) {
      await world.db.hubQuery(mode)('outbox').delete()
      const { row } = await work(mail('ada@example.com'), fail(fault))
      assert.deepEqual([row.failed_at, row.last_error], [null, `no: ${fault}`])
      assert.ok(row.sealed, 'the token is there for the next try')
    }
  })

  test('a mail of a newer version is left for it, and old mails keep the number that it can read', async () => {
    const hub = world.db.hubQuery(mode)
    const data = { organizationName: 'A', toYou: true, otherName: null }
    await world.db.hub(mode, async (trx) => {
      await enqueueMail(world.services, trx, mail('ada@example.com'))
      await enqueueMail(world.services, trx, {
        template: 'ownership-transferred',
        to: 'ada@example.com',
        data,
      })
    })
    const rows = await hub('outbox').select(hub.raw(`schema, payload ->> 'template' as template`))
    const numbers = Object.fromEntries(rows.map((row) => [row.template, row.schema]))
    assert.deepEqual(numbers, { 'password-reset': 1, 'ownership-transferred': 2 })
    await hub('outbox').delete()
    await world.db.hub(mode, (trx) => enqueueMail(world.services, trx, mail('ada@example.com')))
    await hub('outbox').update({ schema: 99 })
    const { id } = await hub('outbox').first('id')
    const claimed = await claimRow(hub, 'mail', id)
    assert.ok(claimed)
    const never = { send: () => assert.fail('it was sent') } as unknown as MailSender
    const outcome = await mailHandler(world.services, never).run(mode, claimed)
    assert.ok('retry' in outcome)
  })
})

describe('where a mail goes', () => {
  const arrived: { at: string; subject: string }[] = []
  const servers: SMTPServer[] = []
  const ports: Record<string, number> = {}
  before(async () => {
    for (const at of ['mailbox', 'provider']) {
      const server = new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS'],
        onData(stream, _session, done) {
          let text = ''
          stream.setEncoding('utf8').on('data', (chunk) => {
            text += chunk
          })
          stream.on('end', () => {
            arrived.push({ at, subject: /^Subject: (.*)$/m.exec(text)?.[1]?.trim() ?? '' })
            done()
          })
        },
      })
      servers.push(server)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      ports[at] = (server.server.address() as { port: number }).port
    }
  })
  beforeEach(() => {
    arrived.length = 0
  })
  after(() =>
    Promise.all(servers.map((one) => new Promise<void>((done) => one.close(() => done())))),
  )

  async function sendFrom(
    environment: string,
    asMode: Mode,
    { sendFromLocal = false, forReal = false, hasProvider = true } = {},
  ): Promise<string[]> {
    const provider: MailSettings = {
      provider: 'smtp',
      from: 'Acme <no-reply@acme.example>',
      host: '127.0.0.1',
      port: Number(ports.provider),
      sendFromLocal,
    }
    const services = {
      env: {
        environment,
        publicUrl: 'https://auth.acme.example',
        smtpUrl: `smtp://127.0.0.1:${ports.mailbox}`,
        mailFrom: 'Acme <no-reply@localhost>',
        secret: () => null,
      },
      settings: {
        name: 'Acme',
        theme: { primaryColor: '#4f46e5', radius: '8px' },
        logo: null,
        locales: ['en'],
        ...(hasProvider ? { mail: provider } : {}),
      },
    } as unknown as Pick<Services, 'env' | 'settings'>
    const sender = await openMailSender(services)
    const mail: Mail = { template: 'mail-test', to: 'ada@example.com', data: {} }
    const next = { mode: asMode, id: 'a', mail, token: null, locale: 'en' }
    await (forReal ? sender.sendForReal(next) : sender.send(next))
    sender.close()
    return arrived.map((one) => one.at)
  }

  test('on a server live mails leave by the provider', async () => {
    assert.deepEqual(await sendFrom('production', 'live'), ['provider'])
  })

  test('on a server test mode mails nobody: its key is public', async () => {
    assert.deepEqual(await sendFrom('production', 'test'), [])
  })

  test('on a developer’s machine mails stay in the mailbox, provider or not', async () => {
    assert.deepEqual(await sendFrom('local', 'live'), ['mailbox'])
  })

  test('unless the settings say that they leave from there too, and then live ones only', async () => {
    assert.deepEqual(await sendFrom('local', 'live', { sendFromLocal: true }), ['provider'])
    arrived.length = 0
    assert.deepEqual(await sendFrom('local', 'test', { sendFromLocal: true }), ['mailbox'])
  })

  test('a test mail goes by the provider from anywhere; without one, into the mailbox', async () => {
    assert.deepEqual(await sendFrom('local', 'live', { forReal: true }), ['provider'])
    arrived.length = 0
    assert.deepEqual(await sendFrom('local', 'live', { forReal: true, hasProvider: false }), [
      'mailbox',
    ])
  })
})
