import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli } from './run-cli.ts'
import { startStandIn } from './stand-in.ts'

const endpoint = {
  id: 'we_0123456789ab',
  url: 'https://app.example.com/hooks',
  events: ['member.*'],
  secret: 'WEBHOOK_SECRET',
  hasSecret: false,
  disabledAt: '2026-11-25T09:00:00.000Z',
  disabledReason: 'It answered 410 Gone',
  pending: 2,
  failed: 1,
  lastDeliveredAt: null,
}
const delivery = {
  id: '0b1c6f0e-1d2c-4c1b-9a5e-0c4f8f4f6f10',
  eventId: '11111111-1d2c-4c1b-9a5e-0c4f8f4f6f10',
  endpointId: endpoint.id,
  type: 'member.removed',
  organizationId: null,
  state: 'failed',
  attempts: 10,
  lastStatus: 500,
  lastError: null,
  nextAttemptAt: null,
  deliveredAt: null,
  createdAt: '2026-11-25T09:00:00.000Z',
}
const page = { nextCursor: null, hasMore: false }
const endpoints = { data: [endpoint], page }

describe('webhooks', () => {
  test('list: at most 80 columns, and what has to be done about an endpoint', async () => {
    const instance = await startStandIn(() => ({ body: endpoints }))
    const at = { cwd: instance.project, env: instance.env }
    const outcome = await runCli(['webhooks', 'list'], at)
    expect(outcome.code, outcome.stderr).toBe(0)
    for (const line of outcome.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    expect(outcome.stderr).toContain('authstack secrets set WEBHOOK_SECRET')
    expect(outcome.stderr).toContain(`authstack webhooks enable ${endpoint.id}`)
  })

  test('deliveries: the flags narrow the list; an endpoint may be named by its URL', async () => {
    const instance = await startStandIn(({ path }) => ({
      body: path === '/webhooks' ? endpoints : { data: [delivery], page },
    }))
    const at = { cwd: instance.project, env: instance.env }
    const flags = ['--state', 'failed', '--endpoint', endpoint.url, '--type', 'member.removed']
    const outcome = await runCli(['webhooks', 'deliveries', ...flags], at)
    expect(outcome.stdout).toContain(delivery.id)
    expect(instance.calls.at(-1)).toMatchObject({
      path: '/webhooks/deliveries',
      query: { mode: 'live', state: 'failed', endpoint: endpoint.id, type: 'member.removed' },
    })
  })

  test('show: each call with its answer, and no control character of it reaches the terminal', async () => {
    const call = { attempt: 1, at: delivery.createdAt, status: 500, milliseconds: 12, error: null }
    const body = { ...delivery, body: '{}', calls: [{ ...call, response: 'oh\u001b[2Jno' }] }
    const instance = await startStandIn(() => ({ body }))
    const at = { cwd: instance.project, env: instance.env }
    const outcome = await runCli(['webhooks', 'show', delivery.id], at)
    expect(outcome.stdout).toContain('Try 1')
    expect(outcome.stdout).toContain('500')
    expect(outcome.stdout).not.toContain('\u001b[2J')
  })

  test('replay: one by id, or a span of time; neither or both is exit 2 and calls nothing', async () => {
    const instance = await startStandIn(({ path }) => ({
      status: 202,
      body: path === '/webhooks/replay' ? { replayed: 1 } : delivery,
    }))
    const at = { cwd: instance.project, env: instance.env }
    for (const wrong of [[], [delivery.id, '--since', '1h'], ['--since', 'yesterday']]) {
      expect((await runCli(['webhooks', 'replay', ...wrong], at)).code).toBe(2)
    }
    expect(instance.calls).toEqual([])
    await runCli(['webhooks', 'replay', delivery.id], at)
    expect(instance.calls[0]?.path).toBe(`/webhooks/deliveries/${delivery.id}/replay`)
    const all = ['--since', '2026-11-25T06:00:00Z', '--until', '2026-11-25T09:00:00Z', '--all']
    const outcome = await runCli(['webhooks', 'replay', ...all], at)
    expect(outcome.stdout).toBe('1 delivery is on its way.\n')
    expect(instance.calls[1]?.body).toEqual({
      since: '2026-11-25T06:00:00.000Z',
      until: '2026-11-25T09:00:00.000Z',
      includeDelivered: true,
    })
  })

  test('test: exit 0 for 2xx, else 1 with what came back; which endpoint is never guessed', async () => {
    let status = 204
    let data = [endpoint]
    const instance = await startStandIn(({ path }) => {
      if (path === '/webhooks') return { body: { data, page } }
      return {
        body: {
          eventId: 'e',
          url: endpoint.url,
          status,
          milliseconds: 9,
          response: 'hm',
          error: null,
        },
      }
    })
    const at = { cwd: instance.project, env: instance.env }
    expect((await runCli(['webhooks', 'test'], at)).code).toBe(0)
    status = 500
    const failed = await runCli(['webhooks', 'test', '--json'], at)
    expect([failed.code, failed.json.error.code]).toEqual([1, 'endpoint_failed'])
    data = [endpoint, { ...endpoint, id: 'we_ffffffffffff', url: 'https://b.example.com/' }]
    const unclear = await runCli(['webhooks', 'test', '--json'], at)
    expect([unclear.code, unclear.json.error.code]).toEqual([2, 'endpoint_unknown'])
  })
})

describe('mail', () => {
  const check = {
    name: 'DMARC',
    status: 'ok',
    record: '_dmarc.acme.com',
    found: 'v=DMARC1',
    advice: null,
    fixer: null,
  }
  const sent = {
    provider: 'resend',
    from: 'Acme <no-reply@acme.com>',
    sent: true,
    fault: null,
    error: null,
  }

  test('test: fine is exit 0; a record that is missing is exit 1, and says who adds what', async () => {
    let checks: object[] = [check]
    const instance = await startStandIn(() => ({ body: { ...sent, checks } }))
    const at = { cwd: instance.project, env: instance.env }
    const fine = await runCli(['mail', 'test', '--to', 'ada@example.com'], at)
    expect(fine.code, fine.stderr).toBe(0)
    expect(instance.calls[0]).toMatchObject({ path: '/mail/test', body: { to: 'ada@example.com' } })
    const advice = 'Add TXT _dmarc.acme.com: "v=DMARC1; p=none"'
    checks = [{ ...check, status: 'missing', found: null, advice, fixer: 'dns' }]
    const poor = await runCli(['mail', 'test', '--to', 'ada@example.com'], at)
    expect(poor.code).toBe(1)
    expect(poor.stdout).toContain(`Whoever runs the DNS: ${advice}`)
  })

  test('test: a provider that refused is exit 1 with its words and who can mend it', async () => {
    const refused = {
      ...sent,
      sent: false,
      fault: 'settings',
      error: 'Resend: 401 API key is invalid',
    }
    const instance = await startStandIn(() => ({ body: { ...refused, checks: [] } }))
    const at = { cwd: instance.project, env: instance.env }
    const { code, json } = await runCli(['mail', 'test', '--to', 'ada@example.com', '--json'], at)
    expect([code, json.error.code]).toEqual([1, 'mail_not_sent'])
    expect(json.error.why).toContain('API key is invalid')
    expect(json.error.next.join()).toContain('authstack.config.ts')
  })

  test('preview: one page with every mail, in which a mail cannot end the script that holds it', async () => {
    const mail = { template: 'invitation', locale: 'en', subject: 'S', text: 't', isOwn: false }
    const previews = {
      from: 'Acme <no-reply@acme.com>',
      locales: [{ locale: 'en', isOffered: true }],
      data: [{ ...mail, html: '<p>x</p></script><script>alert(1)</script>' }],
    }
    const instance = await startStandIn(() => ({ body: previews }))
    const at = { cwd: instance.project, env: instance.env }
    const outcome = await runCli(['mail', 'preview', '--print'], at)
    expect(outcome.stdout, outcome.stderr).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/previews\n$/)
    const written = readFileSync(join(instance.state, 'mail-previews.html'), 'utf8')
    expect(written).not.toContain('<script>alert')
    const data = /id="data">(.*?)<\/script>/s.exec(written)?.[1]
    expect(JSON.parse(String(data))).toEqual(previews)
  })
})
