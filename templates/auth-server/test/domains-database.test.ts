import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { openDns } from '../src/dns.ts'
import { addDomain } from '../src/domains/add-domain.ts'
import { checkDomain } from '../src/domains/check-domain.ts'
import { findJoinable } from '../src/domains/find-joinable.ts'
import { joinByDomain } from '../src/domains/join-by-domain.ts'
import { joinOrganization } from '../src/domains/join-organization.ts'
import { listDomains } from '../src/domains/list-domains.ts'
import { removeDomain } from '../src/domains/remove-domain.ts'
import { updateDomain } from '../src/domains/update-domain.ts'
import { verifyDomain } from '../src/domains/verify-domain.ts'
import { consumeInvitation } from '../src/invitations/consume-invitation.ts'
import { changeMemberStatus } from '../src/members/change-member-status.ts'
import { endMembership } from '../src/members/end-membership.ts'
import { findMembership } from '../src/members/find-membership.ts'
import { checkDomains } from '../src/operations/tend-organizations.ts'
import { deleteOrganization } from '../src/organizations/delete-organization.ts'
import { type DnsServer, openDnsServer } from './support/dns-server.ts'
import { superuserUrl } from './support/instance.ts'
import { codeOf, invite, join, outboxToken } from './support/tenant-steps.ts'
import { mode, openTenantWorld, type TenantWorld } from './support/tenant-world.ts'

const superuser = superuserUrl()

describe('mail domains, on a real PostgreSQL and a real DNS server', {
  skip: !superuser && 'no PostgreSQL: set AUTHSTACK_PG_SUPERUSER_URL',
}, () => {
  let world: TenantWorld
  let dns: DnsServer
  before(async () => {
    dns = await openDnsServer()
    world = await openTenantWorld(superuser as string, {
      // Here an admin may not hand out `member`, which has a permission that the admin lacks.
      roles: {
        admin: ['members:*', 'domains:*'],
        member: ['projects:view', 'members:view'],
        viewer: ['members:view'],
      },
    })
    world.services.dns = openDns([dns.address])
  })
  after(async () => {
    await world?.close()
    await dns?.close()
  })

  const newDomain = () => `acme-${randomBytes(5).toString('hex')}.com`
  const none = { params: undefined, query: undefined, body: undefined }

  async function newOrganization() {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    return { id, owner }
  }
  const as = (userId: string, organizationId: string) => world.member(userId, organizationId)

  async function claim(by: { id: string; owner: { id: string } }, domain: string) {
    const context = await as(by.owner.id, by.id)
    return addDomain.run(context, { ...none, params: { orgId: by.id }, body: { domain } })
  }
  async function verify(by: { id: string; owner: { id: string } }, domainId: string) {
    const context = await as(by.owner.id, by.id)
    return verifyDomain.run(context, { ...none, params: { orgId: by.id, domainId } })
  }
  async function set(
    by: { id: string; owner: { id: string } },
    domainId: string,
    body: { autoJoin?: boolean; autoJoinRole?: string },
    userId = by.owner.id,
  ) {
    const context = await as(userId, by.id)
    return updateDomain.run(context, { ...none, params: { orgId: by.id, domainId }, body })
  }
  const publish = (record: { name: string; value: string }) =>
    dns.records.set(record.name, [...(dns.records.get(record.name) ?? []), record.value])

  /** An organization that verified a domain and lets people in by it as viewers. */
  async function openDoor(domain = newDomain()) {
    const organization = await newOrganization()
    const claimed = await claim(organization, domain)
    publish(claimed.record)
    await verify(organization, claimed.id)
    await set(organization, claimed.id, { autoJoin: true, autoJoinRole: 'viewer' })
    return { ...organization, domain, domainId: claimed.id, record: claimed.record }
  }
  async function newPerson(address: string, isVerified = true) {
    const person = await world.newUser({ isVerified })
    await world.db.hubQuery(mode)('users').where('id', person.id).update({ email: address })
    return { ...person, email: address }
  }
  const signIn = async (userId: string) => {
    const { email } = await world.db.hubQuery(mode)('users').where('id', userId).first('email')
    const joiner = { userId, email, ip: '127.0.0.1', requestId: 'test' }
    await joinByDomain(world.services, mode, joiner)
  }
  const roleIn = async (userId: string, organizationId: string) =>
    (await findMembership(world.services, mode, userId, organizationId))?.role.slug ?? null
  const inTenant = (organizationId: string, change: Record<string, unknown>) =>
    world.db.tenantTransaction(mode, organizationId, (trx) =>
      trx('organization_domains').update(change),
    )
  const rowOf = (organizationId: string) =>
    world.db.tenantTransaction(mode, organizationId, (trx) => trx('organization_domains').first())
  const eventsOf = async (organizationId: string, action: string) =>
    world.db.tenantTransaction(mode, organizationId, (trx) =>
      trx('audit_events').where('action', action).select('data'),
    )

  test('a claim is verified by its own record at its own name, and by nothing else', async () => {
    const organization = await newOrganization()
    const domain = newDomain()
    const { id, record, status } = await claim(organization, domain)
    assert.equal(status, 'pending')
    assert.equal(record.name, `_authstack-challenge.${domain}`)
    assert.equal(await codeOf(verify(organization, id)), 'domain_not_verified')
    // At the domain itself, a part of it, with something behind it, and of somebody else's claim.
    dns.records.set(domain, [record.value])
    const other = await claim(await newOrganization(), domain)
    dns.records.set(record.name, [
      record.value.slice(0, -1),
      `${record.value}x`,
      'authstack-verification=',
      other.record.value,
    ])
    assert.equal(await codeOf(verify(organization, id)), 'domain_not_verified')
    publish(record)
    const verified = await verify(organization, id)
    assert.deepEqual([verified.status, verified.expiresAt], ['verified', null])
    assert.equal((await eventsOf(organization.id, 'domain.verified')).length, 1)
  })

  test('a DNS that does not answer is no answer: 503, and the claim stays', async () => {
    const organization = await newOrganization()
    const { id, record } = await claim(organization, newDomain())
    publish(record)
    dns.isBroken = true
    assert.equal(await codeOf(verify(organization, id)), 'unavailable')
    dns.isBroken = false
    assert.equal(await codeOf(verify(organization, id)), 'ok')
  })

  test('claims block nobody; one owner is verified; who comes second learns nothing of the first', async () => {
    const domain = newDomain()
    const [first, second] = [await newOrganization(), await newOrganization()]
    const claims = [await claim(first, domain), await claim(second, domain)] as const
    for (const { record } of claims) publish(record)
    const codes = await Promise.all([
      codeOf(verify(first, claims[0].id)),
      codeOf(verify(second, claims[1].id)),
    ])
    assert.deepEqual(codes.sort(), ['conflict', 'ok'])
    const [winner, loser] = (await rowOf(first.id)).status === 'verified' ? [0, 1] : [1, 0]
    const loserSide = [first, second][loser as number] as typeof first
    const refusal = await verify(loserSide, (claims[loser as 0 | 1] as { id: string }).id).catch(
      (error) => error,
    )
    const winnerId = [first, second][winner as number]?.id as string
    assert.ok(!JSON.stringify({ ...refusal, message: refusal.message }).includes(winnerId))
    assert.equal((await rowOf(loserSide.id)).status, 'pending')
  })

  test('a claim ends after a week, and can be made anew', async () => {
    const organization = await newOrganization()
    const domain = newDomain()
    const { id, record } = await claim(organization, domain)
    publish(record)
    assert.equal(await codeOf(claim(organization, domain)), 'conflict')
    await inTenant(organization.id, { expires_at: new Date(Date.now() - 1000) })
    assert.equal(await codeOf(verify(organization, id)), 'not_found')
    const listed = await listDomains.run(await as(organization.owner.id, organization.id), {
      params: { orgId: organization.id },
      query: { limit: 50 },
      body: undefined,
    })
    assert.deepEqual(listed.data, [])
    await checkDomains(world.services, mode)
    assert.equal(await rowOf(organization.id), undefined)
    assert.equal((await eventsOf(organization.id, 'domain.claim_expired')).length, 1)
    const again = await claim(organization, domain)
    assert.notEqual(again.record.value, record.value, 'the old record is worth nothing any more')
  })

  test('a person with a proved address joins at sign-in, once, with the role that was set', async () => {
    const door = await openDoor()
    const person = await newPerson(`ann@${door.domain}`)
    assert.equal(await roleIn(person.id, door.id), null)
    await Promise.all([signIn(person.id), signIn(person.id)])
    assert.equal(await roleIn(person.id, door.id), 'viewer')
    assert.ok(world.keycloak.enabled.has(`${door.id}/${person.id}`))
    const events = await eventsOf(door.id, 'member.joined')
    assert.deepEqual(
      events.map(({ data }) => data),
      [{ by: 'domain', domain: door.domain, role: 'viewer' }],
    )
  })

  test('nobody joins without proof: of the address, of the domain, of exactly that domain', async () => {
    const door = await openDoor()
    const people = await Promise.all([
      newPerson(`unproved@${door.domain}`, false),
      newPerson(`sub@eng.${door.domain}`),
      newPerson(`suffix@evil-${door.domain}`),
      newPerson(`prefix@${door.domain}.evil.com`),
      newPerson(`"a@${door.domain}"@evil.com`),
    ])
    for (const person of people) {
      await signIn(person.id)
      assert.equal(await roleIn(person.id, door.id), null, person.email)
      assert.equal(
        await codeOf(
          joinOrganization.run(world.user(person.id) as never, {
            ...none,
            params: { orgId: door.id },
          }),
        ),
        'not_found',
      )
    }
    const late = await newPerson(`late@${door.domain}`)
    await set(door, door.domainId, { autoJoin: false })
    await signIn(late.id)
    assert.equal(await roleIn(late.id, door.id), null, 'switched off')
    const claimed = await newOrganization()
    const { id } = await claim(claimed, newDomain())
    assert.equal(await codeOf(set(claimed, id, { autoJoin: true })), 'domain_not_verified')
  })

  test('a removed person is not let in again, one who left comes back only by their own will', async () => {
    const door = await openDoor()
    const [removed, left, suspended] = await Promise.all(
      ['removed', 'left', 'suspended'].map((name) => newPerson(`${name}@${door.domain}`)),
    )
    assert.ok(removed && left && suspended)
    const owner = await as(door.owner.id, door.id)
    const join = (userId: string) =>
      codeOf(
        joinOrganization.run(world.user(userId) as never, { ...none, params: { orgId: door.id } }),
      )
    for (const { id } of [removed, left, suspended]) await signIn(id)
    await endMembership(owner, removed.id, 'member.removed')
    await endMembership(await as(left.id, door.id), left.id, 'member.left')
    await changeMemberStatus(owner, suspended.id, 'suspended')
    for (const { id } of [removed, left, suspended]) {
      await signIn(id)
      assert.equal(await roleIn(id, door.id), null)
    }
    assert.equal(await join(removed.id), 'not_found')
    assert.equal(await join(suspended.id), 'not_found')
    assert.equal((await findJoinable(world.services, mode, left.id)).length, 1)
    assert.equal(await join(left.id), 'ok')
    assert.equal(await roleIn(left.id, door.id), 'viewer')
  })

  test('an invitation goes before the domain, and dies with the removal of its person', async () => {
    const door = await openDoor()
    const person = await newPerson(`invited@${door.domain}`)
    await invite(world, door.id, door.owner.id, person.email, 'admin')
    const accept = async () =>
      codeOf(
        consumeInvitation(world.services, mode, {
          token: await outboxToken(world, person.email),
          userId: person.id,
          email: person.email,
        }),
      )
    await signIn(person.id)
    assert.equal(await roleIn(person.id, door.id), null, 'the invitation waits')
    assert.equal(await accept(), 'ok')
    assert.equal(await roleIn(person.id, door.id), 'admin')

    const other = await newPerson(`choice@${door.domain}`)
    await invite(world, door.id, door.owner.id, other.email, 'admin')
    const joined = joinOrganization.run(world.user(other.id) as never, {
      ...none,
      params: { orgId: door.id },
    })
    assert.equal(await codeOf(joined), 'ok')
    await endMembership(await as(door.owner.id, door.id), other.id, 'member.removed')
    const late = consumeInvitation(world.services, mode, {
      token: await outboxToken(world, other.email),
      userId: other.id,
      email: other.email,
    })
    assert.equal(await codeOf(late), 'link_invalid')
    assert.equal(await roleIn(other.id, door.id), null)
  })

  test('the limit of the plan holds, exactly, and signing in works all the same', async () => {
    const door = await openDoor()
    await invite(world, door.id, door.owner.id, 'pending@example.com', 'viewer')
    const people = await Promise.all(
      Array.from({ length: 5 }, (_, n) => newPerson(`p${n}@${door.domain}`)),
    )
    await Promise.all(people.map(({ id }) => signIn(id)))
    const roles = await Promise.all(people.map(({ id }) => roleIn(id, door.id)))
    // Four places: the owner, the pending invitation, and two of five.
    assert.equal(roles.filter((role) => role !== null).length, 2)
    const late = people[roles.indexOf(null)] as { id: string }
    const joined = joinOrganization.run(world.user(late.id) as never, {
      ...none,
      params: { orgId: door.id },
    })
    assert.equal(await codeOf(joined), 'limit_reached')
  })

  test('the role is never above who sets it, and never the owner', async () => {
    const door = await openDoor()
    const admin = await join(world, door.id, 'admin')
    const asAdmin = (body: { autoJoin?: boolean; autoJoinRole?: string }) =>
      codeOf(set(door, door.domainId, body, admin.id))
    assert.equal(await asAdmin({ autoJoinRole: 'member' }), 'permission_denied')
    assert.equal(await asAdmin({ autoJoinRole: 'owner' }), 'invalid_request')
    assert.equal(await asAdmin({ autoJoinRole: 'viewer' }), 'ok')
    await set(door, door.domainId, { autoJoinRole: 'member' })
    // Not by switching off and on again what somebody with more rights had set, either.
    assert.equal(await asAdmin({ autoJoin: true }), 'permission_denied')
  })

  test('after three days without its record a domain is lost, its members stay', async () => {
    const door = await openDoor()
    const person = await newPerson(`stay@${door.domain}`)
    await signIn(person.id)
    const aDayLater = async () => {
      await inTenant(door.id, { next_check_at: new Date(Date.now() - 1000) })
      // Two colours at once count a day once.
      await Promise.all([1, 2].map(() => checkDomain(world.services, mode, door.id, door.domainId)))
      return rowOf(door.id)
    }
    assert.equal((await aDayLater()).failed_checks, 0)
    dns.records.delete(door.record.name)
    assert.equal((await aDayLater()).failed_checks, 1)
    dns.isBroken = true
    for (let day = 0; day < 5; day++) assert.equal((await aDayLater()).failed_checks, 1)
    dns.isBroken = false
    assert.equal((await aDayLater()).failed_checks, 2)
    publish(door.record)
    assert.equal((await aDayLater()).failed_checks, 0, 'three days in a row')
    dns.records.delete(door.record.name)
    for (let day = 1; day <= 2; day++) assert.equal((await aDayLater()).failed_checks, day)
    assert.equal((await rowOf(door.id)).status, 'verified')
    const lost = await aDayLater()
    assert.deepEqual([lost.status, lost.auto_join, lost.verified_at], ['pending', false, null])
    const events = await eventsOf(door.id, 'domain.verification_lost')
    assert.deepEqual(
      events.map(({ data }) => data),
      [{ domain: door.domain, autoJoinSwitchedOff: true }],
    )
    assert.equal(await roleIn(person.id, door.id), 'viewer')
    const next = await newPerson(`next@${door.domain}`)
    await signIn(next.id)
    assert.equal(await roleIn(next.id, door.id), null)
    // Whoever has the domain now can prove it.
    const newcomer = await newOrganization()
    const claimed = await claim(newcomer, door.domain)
    publish(claimed.record)
    assert.equal(await codeOf(verify(newcomer, claimed.id)), 'ok')
  })

  test('a domain that is given up, or whose organization is deleted, is free at once', async () => {
    const given = await openDoor()
    await removeDomain.run(await as(given.owner.id, given.id), {
      ...none,
      params: { orgId: given.id, domainId: given.domainId },
    })
    const deleted = await openDoor()
    await deleteOrganization.run(await as(deleted.owner.id, deleted.id), {
      ...none,
      params: { orgId: deleted.id },
    })
    for (const { domain, id } of [given, deleted]) {
      const person = await newPerson(`x@${domain}`)
      await signIn(person.id)
      assert.equal(await roleIn(person.id, id), null)
      const next = await newOrganization()
      const claimed = await claim(next, domain)
      publish(claimed.record)
      assert.equal(await codeOf(verify(next, claimed.id)), 'ok')
    }
  })

  test('deleting the role of a door shuts it', async () => {
    const door = await openDoor()
    await world.db.tenantTransaction(mode, door.id, (trx) =>
      trx('roles').where({ tenant_id: door.id, slug: 'viewer' }).delete(),
    )
    const person = await newPerson(`norole@${door.domain}`)
    await signIn(person.id)
    assert.equal(await roleIn(person.id, door.id), null)
  })
})
