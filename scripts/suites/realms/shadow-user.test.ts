import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call, callOk } from '../lib/call.ts'
import { administer } from '../lib/keycloak.ts'
import {
  join,
  newOrganization,
  newPerson,
  type Organization,
  type Person,
  tokenFor,
} from '../lib/people.ts'

describe('the shadow user in an organization’s realm', () => {
  let owner: Person
  let guest: Person
  let first: Organization
  let second: Organization
  before(async () => {
    owner = await newPerson('owner')
    guest = await newPerson('guest')
    first = await newOrganization(owner)
    second = await newOrganization(owner)
    for (const { id } of [first, second]) await join(await tokenFor(owner, id), id, guest)
  })
  const shadows = async (organization: Organization, person: Person) => {
    const path = `/users?username=${person.id}&exact=true`
    const found = await administer(`live-org-${organization.id}`, 'GET', path)
    assert.equal(found.status, 200, found.text)
    return found.body
  }
  const goTo = (person: Person, organization: Organization) =>
    call('POST', 'auth/switch', {
      token: person.accessToken,
      json: { organizationId: organization.id },
    })

  test('is named by the global id and holds no address and no password', async () => {
    const [shadow] = await shadows(first, guest)
    assert.equal(shadow.username, guest.id)
    assert.equal(shadow.email, undefined)
    assert.doesNotMatch(JSON.stringify(shadow), new RegExp(guest.email, 'i'))
    const realm = `live-org-${first.id}`
    const credentials = await administer(realm, 'GET', `/users/${shadow.id}/credentials`)
    assert.deepEqual(credentials.body, [])
    const links = await administer(realm, 'GET', `/users/${shadow.id}/federated-identity`)
    assert.deepEqual(
      links.body.map((link: { userId: string }) => link.userId),
      [guest.id],
    )
  })

  test('deleted by hand: the next switch fails, the other organization and the owner go on', async () => {
    assert.equal((await goTo(guest, first)).status, 200)
    const [shadow] = await shadows(first, guest)
    const gone = await administer(`live-org-${first.id}`, 'DELETE', `/users/${shadow.id}`)
    assert.equal(gone.status, 204, gone.text)
    const refused = await goTo(guest, first)
    assert.ok(refused.status >= 400, `a token was minted without Keycloak: ${refused.text}`)
    assert.equal(refused.body?.accessToken, undefined)
    assert.notEqual(refused.body?.code, 'internal')
    assert.equal((await goTo(guest, second)).status, 200)
    assert.equal((await goTo(owner, first)).status, 200)
    const refreshed = await callOk('POST', 'auth/refresh', {
      json: { refreshToken: guest.refreshToken },
    })
    assert.ok(refreshed.accessToken)
  })

  test('goes when the member is removed, and the member’s token stops at once', async () => {
    const leaver = await newPerson('leaver')
    const ownerToken = await tokenFor(owner, second.id)
    await join(ownerToken, second.id, leaver)
    const token = await tokenFor(leaver, second.id)
    const members = `organizations/${second.id}/members`
    await callOk('GET', members, { token })
    await callOk('DELETE', `${members}/${leaver.id}`, { token: ownerToken }, 204)
    const after = await call('GET', members, { token })
    assert.ok([401, 404].includes(after.status), `${after.status} ${after.text}`)
    assert.equal((await goTo(leaver, second)).status, 404)
    const left = await shadows(second, leaver)
    assert.ok(left.length === 0 || left[0].enabled === false, JSON.stringify(left))
  })
})
