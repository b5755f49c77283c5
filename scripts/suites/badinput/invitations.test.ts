import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call, callOk } from '../lib/call.ts'
import { query } from '../lib/database.ts'
import { expectProblem } from '../lib/expect-problem.ts'
import {
  invite,
  newAddress,
  newOrganization,
  newPassword,
  newPerson,
  type Organization,
  type Person,
  tokenFor,
} from '../lib/people.ts'

describe('an invitation that may not be used', () => {
  let owner: Person
  let guest: Person
  let organization: Organization
  let ownerToken: string
  before(async () => {
    owner = await newPerson('owner')
    guest = await newPerson('guest')
    organization = await newOrganization(owner)
    ownerToken = await tokenFor(owner, organization.id)
  })
  const accept = (person: Person, token: string) =>
    call('POST', 'invitations/accept', { token: person.accessToken, json: { token } })
  const lookup = (token: string) => call('POST', 'invitations/lookup', { json: { token } })

  test('cancelled: accept, lookup and sign-up are 410 link_invalid', async () => {
    const { id, token } = await invite(ownerToken, organization.id, guest.email)
    assert.equal((await lookup(token)).status, 200)
    await callOk(
      'DELETE',
      `organizations/${organization.id}/invitations/${id}`,
      { token: ownerToken },
      204,
    )
    expectProblem(await accept(guest, token), 410, 'link_invalid')
    expectProblem(await lookup(token), 410, 'link_invalid')
  })

  test('expired: the same answer, and nobody has joined', async () => {
    const late = await newPerson('late')
    const { id, token } = await invite(ownerToken, organization.id, late.email)
    const changed = await query(
      'authstack_live',
      'owner',
      `update invitations set expires_at = now() - interval '1 second' where id = $1 returning id`,
      [id],
      organization.id,
    )
    assert.equal(changed.length, 1)
    expectProblem(await accept(late, token), 410, 'link_invalid')
    expectProblem(await lookup(token), 410, 'link_invalid')
    assert.deepEqual((await callOk('GET', 'organizations', { token: late.accessToken })).data, [])
  })

  test('used: a second use is 410, and the role of the first stays', async () => {
    const joiner = await newPerson('joiner')
    const { token } = await invite(ownerToken, organization.id, joiner.email, 'viewer')
    const joined = await accept(joiner, token)
    assert.equal(joined.status, 200, joined.text)
    assert.equal(joined.body.role, 'viewer')
    expectProblem(await accept(joiner, token), 410, 'link_invalid')
    expectProblem(await lookup(token), 410, 'link_invalid')
  })

  test('two uses at the same moment let in one', async () => {
    const racer = await newPerson('racer')
    const { token } = await invite(ownerToken, organization.id, racer.email)
    const answers = await Promise.all([1, 2, 3, 4].map(() => accept(racer, token)))
    const statuses = answers.map((one) => one.status).sort()
    assert.deepEqual(statuses, [200, 410, 410, 410])
  })

  test('made for another address: 403, and it stays usable by the right one', async () => {
    const right = await newPerson('right')
    const { token } = await invite(ownerToken, organization.id, right.email)
    expectProblem(await accept(guest, token), 403, 'invitation_for_another_address')
    assert.equal((await accept(right, token)).status, 200)
  })

  test('a sign-up with the invitation of another address does not prove that address', async () => {
    const invited = newAddress('invited')
    const { token } = await invite(ownerToken, organization.id, invited)
    const email = newAddress('thief')
    const password = newPassword()
    const answer = await call('POST', 'auth/signup', {
      json: { email, password, invitationToken: token },
    })
    assert.notEqual(answer.body?.status, 'verified', answer.text)
    const login = await call('POST', 'auth/login', { json: { email, password } })
    assert.ok([401, 403].includes(login.status), `${login.status} ${login.text}`)
    assert.equal((await lookup(token)).status, 200)
  })

  test('random, empty-looking and very long tokens are refused', async () => {
    for (const token of ['x', 'A'.repeat(43), `${'A'.repeat(42)}!`]) {
      const answer = await accept(guest, token)
      assert.ok([400, 410].includes(answer.status), `${answer.status} ${answer.text}`)
    }
    const long = await accept(guest, 'A'.repeat(10_000))
    expectProblem(long, 400, 'invalid_request')
  })

  test('a role that does not exist, and one above the inviter, are refused', async () => {
    const path = `organizations/${organization.id}/invitations`
    const wrong = { email: newAddress(), role: 'emperor' }
    const answer = await call('POST', path, { token: ownerToken, json: wrong })
    assert.ok([400, 404].includes(answer.status), `${answer.status} ${answer.text}`)
    const admin = await newPerson('admin')
    const { token } = await invite(ownerToken, organization.id, admin.email, 'admin')
    assert.equal((await accept(admin, token)).status, 200)
    const adminToken = await tokenFor(admin, organization.id)
    const above = { email: newAddress(), role: 'owner' }
    const refused = await call('POST', path, { token: adminToken, json: above })
    expectProblem(refused, 403, 'permission_denied')
  })

  test('a resend makes the first mail’s link void or keeps it, and the new one works', async () => {
    const slow = await newPerson('slow')
    const { id } = await invite(ownerToken, organization.id, slow.email)
    const { mailsTo, waitForMail, linkIn } = await import('../lib/mailbox.ts')
    const seen = new Set((await mailsTo(slow.email)).map((mail) => mail.id))
    const path = `organizations/${organization.id}/invitations/${id}/resend`
    await callOk('POST', path, { token: ownerToken, json: {} })
    const again = await waitForMail(slow.email, /accept-invitation/, seen)
    const answer = await accept(slow, linkIn(again, 'accept-invitation').token)
    assert.equal(answer.status, 200, answer.text)
  })
})
