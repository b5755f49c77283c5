import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { blind } from '../src/alerts/blind.ts'
import { openForeignOrganizations } from '../src/alerts/foreign-organizations.ts'
import { watchHubEvents } from '../src/alerts/watch-hub-events.ts'
import { openAuditSigner } from '../src/audit/audit-signer.ts'
import { findEvents } from '../src/audit/find-events.ts'
import { OPERATORS_TRAIL } from '../src/audit/link-hash.ts'
import { sequenceRound } from '../src/audit/sequence-round.ts'
import { type HubAction, recordHubEvent } from '../src/auth/record-hub-event.ts'
import { openCountries } from '../src/country.ts'
import { superuserUrl } from './support/instance.ts'
import { mode, openTenantWorld, type TenantWorld } from './support/tenant-world.ts'

const superuser = superuserUrl()
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0'
const safari =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15'
/** The country file says so; the tests of `country.ts` hold it. */
const GERMANY = '193.99.144.80'
const JAPAN = '133.11.0.1'

describe('alerts', {
  skip: !superuser && 'no PostgreSQL: set AUTHSTACK_PG_SUPERUSER_URL',
}, () => {
  let world: TenantWorld
  let startedAt: string

  before(async () => {
    world = await openTenantWorld(superuser as string, {
      alerts: { mail: ['Security@example.com'] },
      webhooks: [
        { url: 'https://hooks.example/alerts', events: ['alert.*', 'login.*'], secret: 'HOOK' },
      ],
    })
  })
  after(() => world?.close())
  beforeEach(async () => {
    startedAt = new Date().toISOString()
    const hub = world.db.hubQuery(mode)
    for (const table of [
      'alert_marks',
      'sign_in_signals',
      'known_places',
      'last_sign_ins',
      'outbox',
    ])
      await hub(table).delete()
  })

  const countries = openCountries()

  async function happen(
    action: HubAction,
    userId: string | null,
    { ip = GERMANY, userAgent = firefox, account = '', data = {} } = {},
  ): Promise<void> {
    const context = { ip, userAgent, requestId: randomUUID(), key: null }
    const personal = account ? { account: blind(world.services.masterKey, account) } : {}
    await recordHubEvent(world.db.hubQuery(mode), context, action, userId, data, personal)
  }

  async function settle(): Promise<void> {
    const signer = openAuditSigner(Buffer.alloc(32, 7))
    const watch = watchHubEvents({ ...world.services, countries })
    while ((await sequenceRound({ ...world.services, signer, watch }, mode)).done > 0);
  }

  /** The alerts since the test began, oldest first. */
  async function alerts(trail = OPERATORS_TRAIL) {
    await settle()
    const query = { limit: 100, action: 'alert.*', from: startedAt }
    return (await findEvents(world.services, mode, trail, query)).data.reverse()
  }
  const names = async () => (await alerts()).map(({ action }) => action)
  const mails = async (
    template: string,
  ): Promise<{ to: string; data: Record<string, string> }[]> => {
    const rows = await world.db.hubQuery(mode)('outbox').where('kind', 'mail').select('payload')
    return rows.map(({ payload }) => payload).filter((mail) => mail.template === template)
  }

  test('an office of 200 people behind one address on a Monday morning raises nothing', async () => {
    const office = await people(200)
    // Last week: everybody was here, with the browser that they have.
    for (const id of office) await happen('login.succeeded', id)
    await settle()
    await world.db.hubQuery(mode).raw(`update sign_in_signals set at = at - interval '3 days'`)
    // Monday: one in five mistypes first, one in ten has forgotten the password and comes back later,
    // some sign out and in, a few mistype their own address.
    for (const [n, id] of office.entries()) {
      if (n % 5 === 0) await happen('login.failed', id)
      if (n % 40 === 0) await happen('login.failed', null, { account: `typo-${n}` })
      if (n % 10 === 3) await happen('login.failed', id)
      else await happen('login.succeeded', id)
    }
    assert.deepEqual(await names(), [])
    assert.deepEqual(await mails('new-device'), [])
  })

  test('whoever mistypes and then gets in is no victim', async () => {
    const [forgetful, mistyped] = [await people(19), await people(30)]
    for (const id of [...forgetful, ...mistyped]) await happen('login.failed', id)
    await settle()
    await world.db.hubQuery(mode)('alert_marks').delete()
    startedAt = new Date().toISOString()
    for (const id of mistyped) await happen('login.succeeded', id)
    for (const id of forgetful.slice(0, 1)) await happen('login.failed', id)
    assert.deepEqual(await names(), [])
  })

  test('one network that tries a password on many accounts is a spray, once an hour', async () => {
    const victims = await people(25)
    for (const id of victims) await happen('login.failed', id)
    const [alert, ...more] = await alerts()
    assert.deepEqual(
      { action: alert?.action, actor: alert?.actor, target: alert?.target, more },
      {
        action: 'alert.password_spray',
        actor: { kind: 'system', id: null },
        target: null,
        more: [],
      },
    )
    assert.equal(alert?.data.accounts, 25)
    assert.deepEqual(
      (await mails('security-alert')).map(({ to, data }) => [to, data.rule]),
      [['security@example.com', 'password_spray']],
    )
    for (const id of victims) await happen('login.failed', id)
    await settle()
    assert.equal((await mails('security-alert')).length, 1)
    // The hour over, it says so again.
    await world.db
      .hubQuery(mode)
      .raw(`update alert_marks set raised_at = now() - interval '61 min'`)
    await happen('login.failed', victims[0] as string)
    await settle()
    assert.equal((await mails('security-alert')).length, 2)
  })

  test('an endpoint that asks for alerts gets each event once, with ids and nothing else', async () => {
    const [id = ''] = await people(1)
    await world.newOrganization(id)
    await world.newOrganization(id)
    await happen('session.refresh_reused', id, { data: { sessionId: randomUUID() } })
    await happen('login.failed', id)
    await settle()
    const told = await world.db
      .hubQuery(mode)('webhook_deliveries')
      .whereRaw('position(? in body) > 0', [id])
      .orderBy('type')
      .select('type', 'organization_id', 'body')
    assert.deepEqual(
      told.map(({ type, organization_id }) => [type, organization_id]),
      [
        ['alert.refresh_reuse', null],
        ['login.failed', null],
      ],
    )
    for (const { body } of told) assert.doesNotMatch(body, /193\.99|Firefox|example\.com/)
  })

  test('no address and no network is kept in the clear to count with', async () => {
    await happen('login.failed', null, { account: 'nobody@example.com' })
    await settle()
    const { rows } = await world.db
      .hubQuery(mode)
      .raw('select t::text as text from sign_in_signals t')
    assert.equal(rows.length, 1)
    assert.doesNotMatch(rows[0].text, /nobody|193\.99/)
  })

  test('a list of leaked pairs from everywhere is stuffing', async () => {
    const few = await people(40)
    for (const [n, id] of few.entries()) await happen('login.failed', id, { ip: `193.99.${n}.1` })
    for (let n = 0; n < 70; n++)
      await happen('login.failed', null, { ip: `193.98.${n}.1`, account: `leak-${n}` })
    assert.deepEqual(await names(), ['alert.credential_stuffing'])
  })

  test('a refresh token used again is told, to the organization as well', async () => {
    const [id = ''] = await people(1)
    const organization = await world.newOrganization(id)
    await happen('session.refresh_reused', id, { data: { sessionId: randomUUID() } })
    assert.deepEqual(await names(), ['alert.refresh_reuse'])
    const [seen] = await alerts(organization)
    assert.deepEqual(
      { target: seen?.target, data: seen?.data },
      { target: { kind: 'user', id }, data: {} },
    )
  })

  test('a new device is told to the person, and to their organization without the rest', async () => {
    const [id = ''] = await people(1)
    const organization = await world.newOrganization(id)
    await happen('login.succeeded', id)
    // An update of the browser is the same device.
    await happen('login.succeeded', id, { userAgent: firefox.replaceAll('132', '133') })
    assert.deepEqual(await names(), [])
    await happen('login.succeeded', id, { userAgent: safari })
    assert.deepEqual(await names(), ['alert.new_device'])
    const [mail] = await mails('new-device')
    assert.deepEqual(
      [mail?.to, mail?.data.device, mail?.data.country],
      [`${id}@example.com`, 'Safari on macOS', 'DE'],
    )
    const [seen] = await alerts(organization)
    assert.deepEqual([seen?.data, seen?.ip], [{ device: 'Safari on macOS' }, null])
    await happen('login.succeeded', id, { userAgent: safari })
    await settle()
    assert.equal((await mails('new-device')).length, 1)
  })

  test('a new country, half an hour away by no aeroplane, is both, and one mail to the person', async () => {
    const [id = ''] = await people(1)
    await happen('login.succeeded', id)
    await settle()
    await happen('login.succeeded', id, { ip: JAPAN })
    assert.deepEqual((await names()).sort(), ['alert.impossible_travel', 'alert.new_country'])
    assert.equal((await mails('new-device')).length, 1)
    const travel = (await alerts()).find(({ action }) => action === 'alert.impossible_travel')
    assert.deepEqual([travel?.data.country, travel?.data.countryBefore], ['JP', 'DE'])
  })

  test('somebody who goes through organizations that are not theirs is told, and only once', async () => {
    const [id = ''] = await people(1)
    const organization = await world.newOrganization(id)
    const foreign = openForeignOrganizations(world.services)
    for (let n = 0; n < 4; n++) foreign.seen(mode, id, randomUUID())
    // The same one again and again, as a page does whose reader was removed, and their own.
    for (let n = 0; n < 50; n++) foreign.seen(mode, id, OPERATORS_TRAIL.replace('0', '1'))
    assert.deepEqual(await eventually(names, 1), ['alert.cross_tenant_attempts'])
    for (let n = 0; n < 20; n++) foreign.seen(mode, id, randomUUID())
    assert.equal((await names()).length, 1)
    const [seen] = await alerts(organization)
    assert.deepEqual(seen?.data, { attempts: 5, minutes: 10 })
  })

  test('a reader whose app mixes up their own organizations raises nothing', async () => {
    const [id = ''] = await people(1)
    const own = [
      await world.newOrganization(id),
      await world.newOrganization(id),
      await world.newOrganization(id),
    ]
    const foreign = openForeignOrganizations(world.services)
    for (const one of [...own, randomUUID(), randomUUID()]) foreign.seen(mode, id, one)
    await new Promise((resolve) => setTimeout(resolve, 300))
    assert.deepEqual(await names(), [])
  })

  test('a rule that fails leaves the trail going on', async () => {
    const [id = ''] = await people(1)
    const broken = { countryOf: () => assert.fail('no file') }
    await happen('login.succeeded', id)
    const watch = watchHubEvents({ ...world.services, countries: broken })
    const signer = openAuditSigner(Buffer.alloc(32, 7))
    while ((await sequenceRound({ ...world.services, signer, watch }, mode)).done > 0);
    const [row] = await world.db.hubQuery(mode)('audit_queue').count('id as n')
    assert.equal(Number(row?.n), 0)
    const signals = await world.db.hubQuery(mode)('sign_in_signals').select('id')
    assert.equal(signals.length, 1, 'the other rules did their part')
  })

  async function people(count: number): Promise<string[]> {
    const rows = Array.from({ length: count }, () => {
      const id = randomUUID()
      return { id, email: `${id}@example.com`, state: 'active', email_verified_at: new Date() }
    })
    await world.db.hubQuery(mode)('users').insert(rows)
    return rows.map(({ id }) => id)
  }

  async function eventually<T>(read: () => Promise<T[]>, count: number): Promise<T[]> {
    for (let tries = 0; tries < 50; tries++) {
      const found = await read()
      if (found.length >= count) return found
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return read()
  }
})
