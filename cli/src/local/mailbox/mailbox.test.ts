import { mkdtempSync, writeFileSync } from 'node:fs'
import { request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MailStore } from './mail-store.ts'
import { createMailboxHttp } from './mailbox-http.ts'
import { createSmtpDoor } from './mailbox-smtp.ts'

const store = new MailStore()
const smtp = createSmtpDoor(store)
const http: Server = createMailboxHttp(store)
let smtpPort = 0
let base = ''

beforeAll(async () => {
  await new Promise<void>((done) => smtp.listen(0, '127.0.0.1', done))
  smtpPort = (smtp.server.address() as AddressInfo).port
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
})
beforeEach(() => store.clear())
afterAll(async () => {
  await new Promise<void>((done) => smtp.close(done))
  http.close()
})

/** Speaks SMTP by hand: a real conversation over a real socket. */
function send(to: string, mail: string): Promise<void> {
  const lines = ['EHLO test', 'MAIL FROM:<no-reply@acme.test>', `RCPT TO:<${to}>`, 'DATA']
  const rest = [`${mail}\r\n.`, 'QUIT']
  return new Promise((done, fail) => {
    const socket = connect(smtpPort, '127.0.0.1')
    const queue = [...lines, ...rest]
    socket.on('data', (data) => {
      if (!/^\d{3} /m.test(data.toString())) return
      const next = queue.shift()
      if (next) socket.write(`${next}\r\n`)
      else socket.end()
    })
    socket.on('error', fail)
    socket.on('close', () => done())
  })
}

const mail = [
  'From: Acme <no-reply@acme.test>',
  'To: Ada <ada@example.com>',
  'Subject: =?utf-8?q?Pr=C3=BCfe_dich?=',
  'MIME-Version: 1.0',
  'Content-Type: multipart/alternative; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Open https://acme.test/verify#token=abc',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<a href="https://acme.test/verify#token=abc">Open</a>',
  '--b--',
].join('\r\n')

describe('the mailbox', () => {
  it('catches a mail and gives it back in Mailpit’s shape', async () => {
    await send('ada@example.com', mail)
    const { messages, total } = await fetch(`${base}/api/v1/messages`).then((r) => r.json())
    expect(total).toBe(1)
    expect(messages[0]).toMatchObject({
      To: [{ Name: 'Ada', Address: 'ada@example.com' }],
      From: { Name: 'Acme', Address: 'no-reply@acme.test' },
      Subject: 'Prüfe dich',
    })
    const full = await fetch(`${base}/api/v1/message/${messages[0].ID}`).then((r) => r.json())
    expect(full.Text).toContain('https://acme.test/verify#token=abc')
    expect(full.HTML).toContain('<a href=')
  })

  it('finds by recipient, and forgets all when told', async () => {
    await send('ada@example.com', mail)
    await send('bob@example.com', mail)
    const search = `${base}/api/v1/search?query=${encodeURIComponent('to:bob@example.com')}`
    const found = await fetch(search).then((r) => r.json())
    expect(found.messages.map((one: { To: { Address: string }[] }) => one.To[0]?.Address)).toEqual([
      'bob@example.com',
    ])
    await fetch(`${base}/api/v1/messages`, { method: 'DELETE' })
    expect((await fetch(`${base}/api/v1/messages`).then((r) => r.json())).total).toBe(0)
  })

  it('shows the page of all mails when it was written, and says how when not', async () => {
    const missing = await fetch(`${base}/previews`)
    expect([missing.status, await missing.text()]).toEqual([
      404,
      expect.stringContaining('mail preview'),
    ])
    const file = join(mkdtempSync(join(tmpdir(), 'previews-')), 'page.html')
    writeFileSync(file, '<p>all of them</p>')
    const other = createMailboxHttp(store, file)
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
    const page = await fetch(`http://127.0.0.1:${(other.address() as AddressInfo).port}/previews`)
    expect(await page.text()).toBe('<p>all of them</p>')
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    other.close()
  })

  it('shows nothing to a foreign name that was rebound to this computer', async () => {
    const status = await new Promise((done) => {
      const call = request(`${base}/api/v1/messages`, { headers: { host: 'evil.test' } }, (r) => {
        r.resume()
        done(r.statusCode)
      })
      call.end()
    })
    expect(status).toBe(403)
  })
})
