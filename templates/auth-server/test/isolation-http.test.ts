import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import {
  type Answer,
  type Call,
  call,
  mailedToken,
  must,
  readInstance,
} from './support/instance.ts'
import { createOrganization, type Person, signUp, testMode, tokenFor } from './support/person.ts'

const instance = readInstance()

/** Every operation below an organization, from the committed OpenAPI document: a new route is in at once. */
function organizationRoutes(): { method: string; path: string }[] {
  const file = join(import.meta.dirname, '../openapi.json')
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as { paths: Record<string, object> }
  return Object.entries(paths).flatMap(([path, operations]) =>
    // Routes of secret keys (`/backend/...`) have a guard and suites of their own.
    path.startsWith('/api/v1/organizations/{orgId}')
      ? Object.keys(operations)
          .filter((method) => /^(get|post|put|patch|delete)$/.test(method))
          .map((method) => ({ method: method.toUpperCase(), path: path.replace('/api/v1', '') }))
      : [],
  )
}

describe('isolation over HTTP', { skip: !instance && 'AUTHSTACK_TEST_INSTANCE is not set' }, () => {
  if (!instance) return
  const absent = randomUUID()
  let ann: Person
  let bo: Person
  let annOrg: string
  let boOrg: string
  let annToken: string
  let boToken: string
  let boInvitation: string
  let masked: Answer

  before(async () => {
    ;[ann, bo] = await Promise.all([signUp(instance, 'Ann'), signUp(instance, 'Bo')])
    ;[annOrg, boOrg] = await Promise.all([
      createOrganization(instance, ann, 'Ann and Sons'),
      createOrganization(instance, bo, 'Bo Works'),
    ])
    ;[annToken, boToken] = await Promise.all([
      tokenFor(instance, ann, annOrg),
      tokenFor(instance, bo, boOrg),
    ])
    const invited = await must(instance, 201, 'POST', `/organizations/${boOrg}/invitations`, {
      token: boToken,
      body: { email: `guest-${absent}@example.com`, role: 'member' },
    })
    boInvitation = invited.body.id
    masked = await call(instance, 'GET', `/organizations/${absent}`, { token: annToken })
  })

  const fill = (path: string, orgId: string, otherId: string) =>
    path.replace('{orgId}', orgId).replace(/\{\w+\}/g, otherId)
  /** POST, PATCH and PUT bring a body, so that only who asks can be the reason of the refusal. */
  const bodyOf = (method: string) => (/^(GET|DELETE)$/.test(method) ? {} : { body: {} })

  test('the document lists the routes that this suite is about', () => {
    assert.ok(organizationRoutes().length >= 12, JSON.stringify(organizationRoutes()))
  })

  test('each person sees their own organization, and the list holds nothing else', async () => {
    const own = await must(instance, 200, 'GET', `/organizations/${annOrg}`, { token: annToken })
    assert.equal(own.body.id, annOrg)
    const list = await must(instance, 200, 'GET', '/organizations', { token: ann.hubToken })
    assert.deepEqual(
      list.body.data.map((organization: { id: string }) => organization.id),
      [annOrg],
    )
  })

  test('on every route a foreign organization looks exactly like an absent one', async () => {
    const faults: string[] = []
    for (const { method, path } of organizationRoutes()) {
      const tries: [string, string, Call][] = [
        ['an absent organization', absent, { token: annToken }],
        ['a foreign organization', boOrg, { token: annToken }],
        ['a foreign one, named in X-Tenant-ID', boOrg, { token: annToken, tenant: boOrg }],
        ['a foreign one, own X-Tenant-ID', boOrg, { token: annToken, tenant: annOrg }],
        ['the own one, foreign X-Tenant-ID', annOrg, { token: annToken, tenant: boOrg }],
        ['the own one, absent X-Tenant-ID', annOrg, { token: annToken, tenant: absent }],
        ['a foreign one, hub token', boOrg, { token: ann.hubToken }],
        ['an absent one, hub token', absent, { token: ann.hubToken }],
        ["the own one, the other person's token", annOrg, { token: boToken }],
        ['no uuid', 'not-a-uuid', { token: annToken }],
      ]
      for (const [what, orgId, options] of tries) {
        const url = fill(path, orgId, randomUUID())
        const answer = await call(instance, method, url, { ...options, ...bodyOf(method) })
        const fault = differs(answer, masked)
        if (fault) faults.push(`${method} ${path}, ${what}: ${fault}`)
      }
    }
    assert.deepEqual(faults, [])
  })

  test("inside one's own organization, things of another look like absent ones", async () => {
    const things: [string, string, string, Call][] = [
      ['PATCH', `/organizations/${annOrg}/members/`, bo.userId, { body: { role: 'member' } }],
      ['DELETE', `/organizations/${annOrg}/members/`, bo.userId, {}],
      ['DELETE', `/organizations/${annOrg}/invitations/`, boInvitation, {}],
      ['POST', `/organizations/${annOrg}/invitations/`, `${boInvitation}/resend`, {}],
    ]
    for (const [method, path, id, options] of things) {
      const asked = { ...options, token: annToken }
      const foreign = await call(instance, method, path + id, asked)
      const none = id.replace(/^[0-9a-f-]{36}/, randomUUID())
      const missing = await call(instance, method, path + none, asked)
      assert.equal(differs(foreign, masked), null, `${method} ${path} foreign`)
      assert.equal(differs(missing, masked), null, `${method} ${path} absent`)
    }
    const invitations = await must(instance, 200, 'GET', `/organizations/${boOrg}/invitations`, {
      token: boToken,
    })
    assert.equal(invitations.body.data[0].id, boInvitation, 'and the other one still has it')
  })

  test('switching to a foreign organization is the same 404 as to an absent one', async () => {
    for (const organizationId of [boOrg, absent]) {
      const answer = await call(instance, 'POST', '/auth/switch', {
        token: ann.hubToken,
        body: { organizationId },
      })
      assert.equal(differs(answer, masked), null)
    }
  })

  test('a test key opens nothing of live mode, with a live token or with one of its own', async () => {
    const how = await testMode(instance)
    if (!how) return
    const tess = await signUp(instance, 'Tess', how)
    for (const { method, path } of organizationRoutes()) {
      for (const token of [annToken, tess.hubToken]) {
        const answers: Answer[] = await Promise.all(
          [annOrg, boOrg, absent].map((orgId) =>
            call(instance, method, fill(path, orgId, randomUUID()), {
              ...how,
              token,
              ...bodyOf(method),
            }),
          ),
        )
        for (const answer of answers) {
          const wanted = token === annToken ? 401 : 404
          assert.equal(answer.status, wanted, `${method} ${path}`)
          assert.equal(differs(answer, answers[0] as Answer), null, `${method} ${path}`)
        }
      }
    }
  })

  test('a removed member is out at the next request, with the token they still hold', async () => {
    const cy = await signUp(instance, 'Cy')
    const { body: invitation } = await must(
      instance,
      201,
      'POST',
      `/organizations/${annOrg}/invitations`,
      { token: annToken, body: { email: cy.email, role: 'Member' } },
    )
    assert.equal(invitation.role.slug, 'member')
    const token = await mailedToken(instance, cy.email, 'Join')
    const foreign = await call(instance, 'POST', '/invitations/accept', {
      token: bo.hubToken,
      body: { token },
    })
    assert.equal(foreign.status, 403)
    assert.equal(foreign.body.code, 'invitation_for_another_address')
    const joined = await must(instance, 200, 'POST', '/invitations/accept', {
      token: cy.hubToken,
      body: { token },
    })
    assert.equal(joined.body.id, annOrg)
    const cyToken = await tokenFor(instance, cy, annOrg)
    await must(instance, 200, 'GET', `/organizations/${annOrg}/members`, { token: cyToken })
    const removal = await call(
      instance,
      'DELETE',
      `/organizations/${annOrg}/members/${ann.userId}`,
      {
        token: cyToken,
      },
    )
    assert.equal(removal.status, 403, 'a member may not remove the owner')
    await must(instance, 204, 'DELETE', `/organizations/${annOrg}/members/${cy.userId}`, {
      token: annToken,
    })
    const after = await call(instance, 'GET', `/organizations/${annOrg}/members`, {
      token: cyToken,
    })
    assert.equal(differs(after, masked), null)
    const again = await call(instance, 'POST', '/invitations/accept', {
      token: cy.hubToken,
      body: { token },
    })
    assert.equal(again.body.code, 'link_invalid', 'a used invitation is no way back in')
  })
})

/** Why two answers can be told apart, or null: status, body but for requestId, and headers. */
function differs(answer: Answer, wanted: Answer): string | null {
  if (answer.status !== wanted.status) {
    return `status ${answer.status} (${answer.body?.code}) instead of ${wanted.status}`
  }
  const bodies = [answer.body, wanted.body].map((body) =>
    JSON.stringify({ ...body, requestId: String(body?.requestId).length }),
  )
  if (bodies[0] !== bodies[1]) return `body ${bodies[0]} instead of ${bodies[1]}`
  const headers = [answer.headers, wanted.headers].map((all) =>
    JSON.stringify(
      [...all]
        .filter(([name]) => !/^(date|x-request-id|x-ratelimit-.*|ratelimit.*)$/.test(name))
        .sort(),
    ),
  )
  return headers[0] === headers[1] ? null : `headers ${headers[0]} instead of ${headers[1]}`
}
