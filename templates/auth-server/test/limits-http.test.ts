import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, call, mailedToken, must, readInstance } from './support/instance.ts'
import { withPlans } from './support/own-plans.ts'
import { createOrganization, type Person, signUp, tokenFor } from './support/person.ts'
import { cannotStartApi, type OwnApi, startApi } from './support/start-api.ts'

const site = readInstance()
const cannot = site ? cannotStartApi(site) : 'AUTHSTACK_TEST_INSTANCE is not set'

describe('the limits of a plan, over HTTP', { skip: cannot }, () => {
  const instance = site as NonNullable<typeof site>
  let own: OwnApi
  before(async () => {
    own = await startApi(instance, {
      settings: withPlans([
        {
          id: 'free',
          name: 'Free',
          priceMonthly: 0,
          features: [],
          limits: { members: 10, monthlyActiveUsers: 3 },
        },
      ]),
    })
  })
  after(() => own?.stop())

  /** A busy server says 503 and "try again"; whoever does gets an answer in the end. */
  async function insist(ask: (attempt: number) => Promise<Answer>): Promise<Answer> {
    const end = Date.now() + 60_000
    for (let attempt = 1; ; attempt++) {
      const answer = await ask(attempt)
      if (answer.status !== 503 || Date.now() > end) return answer
      await sleep(100 + Math.random() * 400)
    }
  }

  test('200 invitations at once at a limit of 10 leave exactly 10, pending ones counted', async () => {
    const owner = await signUp(instance, 'host')
    const orgId = await createOrganization(instance, owner, 'Two Hundred')
    const token = await tokenFor(instance, owner, orgId)
    // Four invite: one person alone is stopped at 200 mails an hour, tries again included.
    const admins = await Promise.all([1, 2, 3].map(() => joiner(token, orgId, 'admin')))
    const tokens = [token, ...(await Promise.all(admins.map((p) => tokenFor(instance, p, orgId))))]
    const path = `/organizations/${orgId}/invitations`
    const tag = randomBytes(4).toString('hex')
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        insist((attempt) =>
          call(own.instance, 'POST', path, {
            token: String(tokens[n % 4]),
            // Another address each time: one mailbox gets six an hour, tries again included.
            body: { email: `guest-${tag}-${n}-${attempt}@example.com`, role: 'member' },
          }),
        ),
      ),
    )
    const codes = answers.map(({ status, body }) => (status === 201 ? 'invited' : body.code))
    assert.equal(codes.filter((code) => code === 'invited').length, 6, 'six beside the four')
    // On a slow machine the tries again use up somebody's hour of invitations: refused as well.
    const others = new Set(codes.filter((code) => !/^(invited|rate_limited)$/.test(code)))
    assert.deepEqual([...others], ['limit_reached'])
    const refused = answers.find((one) => one.status === 409)
    const { code, limit, max } = refused?.body ?? {}
    assert.deepEqual([code, limit, max], ['limit_reached', 'members', 10])
    const { body } = await must(instance, 200, 'GET', path, { token })
    assert.equal(body.data.length, 6)
    const shown = await must(instance, 200, 'GET', `/organizations/${orgId}/subscription`, {
      token,
    })
    assert.deepEqual([shown.body.usage.members, shown.body.limits.members], [10, 10])
  })

  test('over the monthly users of its plan, newcomers are told why; others, and who pays, go on', async () => {
    const owner = await signUp(instance, 'payer')
    const orgId = await createOrganization(instance, owner, 'Full House')
    const ownerToken = await tokenFor(own.instance, owner, orgId)
    const people = await Promise.all(
      Array.from({ length: 5 }, () => joiner(ownerToken, orgId, 'member')),
    )
    const enter = (person: Person) =>
      insist(() =>
        call(own.instance, 'POST', '/auth/switch', {
          token: person.hubToken,
          body: { organizationId: orgId },
        }),
      )
    const answers = await Promise.all(people.map(enter))
    const inside = people.filter((_, n) => answers[n]?.status === 200)
    const outside = people.filter((_, n) => answers[n]?.status === 409)
    assert.deepEqual([inside.length, outside.length], [2, 3], 'two beside the owner')
    const { code, limit, max, detail } = answers.find((one) => one.status === 409)?.body ?? {}
    assert.deepEqual([code, limit, max], ['limit_reached', 'monthlyActiveUsers', 3])
    assert.match(detail, /Full House/)
    assert.equal((await enter(inside[0] as Person)).status, 200)
    assert.equal((await enter(owner)).status, 200)

    const stranded = outside[0] as Person
    const login = { email: stranded.email, password: stranded.password }
    const refused = await call(own.instance, 'POST', '/auth/login', {
      body: { ...login, organizationId: orgId },
    })
    assert.deepEqual([refused.status, refused.body.code], [409, 'limit_reached'])
    const signedIn = await must(own.instance, 200, 'POST', '/auth/login', { body: login })
    const refreshed = await must(own.instance, 200, 'POST', '/auth/refresh', {
      body: { refreshToken: signedIn.body.refreshToken, organizationId: orgId },
    })
    assert.equal(refreshed.body.organization, null, 'the session goes on, without it')
    const appToken = await call(own.instance, 'POST', '/auth/app-token', {
      token: refreshed.body.accessToken,
      body: { organizationId: orgId },
    })
    assert.equal(appToken.status, 409)

    await must(instance, 200, 'PATCH', `/organizations/${orgId}/members/${stranded.userId}`, {
      token: ownerToken,
      body: { role: 'owner' },
    })
    assert.equal((await enter(stranded)).status, 200, 'an owner can change the plan')
  })

  async function joiner(ownerToken: string, orgId: string, role: string): Promise<Person> {
    const person = await signUp(instance, 'joiner')
    await must(instance, 201, 'POST', `/organizations/${orgId}/invitations`, {
      token: ownerToken,
      body: { email: person.email, role },
    })
    const token = await mailedToken(instance, person.email, 'Join')
    await must(instance, 200, 'POST', '/invitations/accept', {
      token: person.hubToken,
      body: { token },
    })
    return person
  }
})
