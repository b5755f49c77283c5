import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { type Dns, openDns } from '../src/dns.ts'
import { checkDomain, type DomainCheck } from '../src/mail/check-domain.ts'
import type { MailSettings } from '../src/mail/mail-settings.ts'
import { type DnsServer, openDnsServer } from './support/dns-server.ts'

describe('SPF, DKIM and DMARC of the from-domain, asked of a real DNS server', () => {
  let server: DnsServer
  let dns: Dns
  before(async () => {
    server = await openDnsServer()
    dns = openDns([server.address])
  })
  beforeEach(() => {
    server.records.clear()
    server.isBroken = false
  })
  after(() => server?.close())

  type Found = Record<'SPF' | 'DKIM' | 'DMARC', DomainCheck>
  async function check(
    provider: MailSettings['provider'],
    options: { domain?: string; dkimSelector?: string } = {},
  ): Promise<Found> {
    const { domain = 'acme.example', ...mail } = options
    const checks = await checkDomain(dns, domain, { provider, ...mail })
    return Object.fromEntries(checks.map((one) => [one.name, one])) as Found
  }
  const set = (name: string, ...texts: string[]) => server.records.set(name, texts)
  const key = 'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC'

  test('a domain that has all three is fine, and asks nobody for anything', async () => {
    set('send.acme.example', 'v=spf1 include:amazonses.com ~all')
    set('resend._domainkey.acme.example', key)
    set('_dmarc.acme.example', 'v=DMARC1; p=reject; rua=mailto:dmarc@acme.example')
    for (const one of Object.values(await check('resend'))) {
      assert.deepEqual([one.status, one.advice, one.fixer], ['ok', null, null], one.name)
    }
  })

  test('a domain that has none hears what to add, where, and that the DNS is the place', async () => {
    const { SPF, DKIM, DMARC } = await check('resend')
    assert.deepEqual([SPF.status, DKIM.status, DMARC.status], ['missing', 'missing', 'missing'])
    assert.match(
      String(SPF.advice),
      /TXT send\.acme\.example: "v=spf1 include:amazonses\.com ~all"/,
    )
    assert.match(String(DKIM.advice), /resend\._domainkey\.acme\.example/)
    assert.match(String(DMARC.advice), /TXT _dmarc\.acme\.example: "v=DMARC1; p=none/)
    for (const one of [SPF, DKIM, DMARC]) assert.equal(one.fixer, 'dns')
  })

  test('two SPF records are none, and one without the provider fails its mails', async () => {
    set('send.acme.example', 'v=spf1 a ~all', 'v=spf1 include:amazonses.com ~all')
    assert.equal((await check('resend')).SPF.status, 'wrong')
    set('send.acme.example', 'v=spf1 include:_spf.google.com ~all')
    const { SPF } = await check('resend')
    assert.deepEqual([SPF.status, /include:amazonses/.test(String(SPF.advice))], ['wrong', true])
  })

  test('a record that lets everybody send is weak', async () => {
    set('acme.example', 'something else', 'v=spf1 a ?all')
    assert.equal((await check('smtp')).SPF.status, 'weak')
  })

  test('a policy that only watches is weak, and one of the parent domain counts', async () => {
    set('_dmarc.acme.example', 'v=DMARC1; p=none; rua=mailto:a@acme.example')
    assert.equal((await check('smtp', { domain: 'mail.acme.example' })).DMARC.status, 'weak')
    set('_dmarc.acme.example', 'v=DMARC1; p=quarantine')
    assert.equal((await check('smtp', { domain: 'mail.acme.example' })).DMARC.status, 'ok')
  })

  test('a key that was taken back is wrong; both keys of SendGrid must be there', async () => {
    set('s1._domainkey.acme.example', key)
    assert.equal((await check('sendgrid')).DKIM.status, 'missing')
    set('s2._domainkey.acme.example', 'v=DKIM1; p=')
    assert.equal((await check('sendgrid')).DKIM.status, 'wrong')
    set('s2._domainkey.acme.example', key)
    assert.equal((await check('sendgrid')).DKIM.status, 'ok')
  })

  test("where the key's name is the customer's own, the settings are asked for it", async () => {
    const { DKIM } = await check('postmark')
    assert.deepEqual([DKIM.status, DKIM.fixer], ['unknown', 'settings'])
    set('20261101pm._domainkey.acme.example', key)
    const named = await check('postmark', { dkimSelector: '20261101pm' })
    assert.equal(named.DKIM.status, 'ok')
  })

  test('a DNS that does not answer is not taken for a missing record', async () => {
    server.isBroken = true
    for (const one of Object.values(await check('resend'))) {
      assert.deepEqual([one.status, one.fixer], ['unknown', null])
    }
  })
})
