import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { type Answer, call, mailedToken, must, readInstance } from './support/instance.ts'
import { onLiveDatabase } from './support/live-database.ts'
import { assertMasked } from './support/masked.ts'
import { type Person, signUp } from './support/person.ts'
import { cannotStartApi, type OwnApi, startApi } from './support/start-api.ts'
import { openTeam, type Team } from './support/team.ts'

const instance = readInstance()
/** A crowd at one row is refused with 503 rather than kept waiting; who is, comes again. */
async function patiently(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const answer = await ask()
    if (answer.status !== 503 || tries === 20) return answer
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

const fieldCode = ({ body }: Answer) => body.errors?.[0]?.code

describe('roles of an organization over HTTP', {
  skip: !instance && 'AUTHSTACK_TEST_INSTANCE is not set',
}, () => {
  if (!instance) return
  let team: Team
  /** Holds roles:edit, members:* and projects:view, and no more. */
  let editor: { person: Person; token: string }
  let editorRole: string

  before(async () => {
    team = await openTeam(instance, 'Roles')
    const { body } = await team.must(201, 'POST', '/roles', {
      name: 'Editors',
      permissions: ['roles:*', 'members:*', 'projects:view'],
    })
    editorRole = body.id
    editor = await team.join('Edda', 'editors')
  })

  const make = async (name: string, permissions: string[]): Promise<string> =>
    (await team.must(201, 'POST', '/roles', { name, permissions })).body.id
  const membersOf = async (roleId: string) =>
    (await team.must(200, 'GET', `/members?role=${roleId}`)).body.data.map(
      (one: { userId: string }) => one.userId,
    )
  const builtIn = async (slug: string): Promise<string> => {
    const { body } = await team.must(200, 'GET', '/roles')
    return body.data.find((role: { slug: string }) => role.slug === slug).id
  }

  test('a wildcard is written down as what exists now, and the list shows the role', async () => {
    const made = await team.must(201, 'POST', '/roles', {
      name: 'Support Team',
      description: 'Helps people',
      permissions: ['members:*', 'projects:view', 'projects:view'],
    })
    assert.equal(made.body.slug, 'support-team')
    assert.equal(made.body.builtIn, false)
    assert.deepEqual(made.body.permissions, [
      'members:edit',
      'members:invite',
      'members:remove',
      'members:view',
      'projects:view',
    ])
    const [row] = await onLiveDatabase('select permissions from roles where id = $1', [
      made.body.id,
    ])
    assert.deepEqual(row?.permissions, made.body.permissions)
    assert.deepEqual((await team.must(200, 'GET', `/roles/${made.body.id}`)).body, made.body)
    const renamed = await team.must(200, 'PATCH', `/roles/${made.body.id}`, {
      name: 'Helpers',
      description: null,
    })
    assert.deepEqual(
      [renamed.body.name, renamed.body.slug, renamed.body.description],
      ['Helpers', 'support-team', null],
    )
  })

  test('what no permission is named, and a name or slug that another role has, is refused', async () => {
    const refused = (body: object) => team.ask('POST', '/roles', body)
    const unknown = await refused({ name: 'Odd', permissions: ['members:view', 'members:fly'] })
    assert.deepEqual([unknown.status, unknown.body.errors[0].pointer], [400, '/permissions/1'])
    await make('Taken name', [])
    for (const name of ['taken NAME', 'Owner', 'admin', 'taken-name']) {
      const answer = await refused({ name, permissions: [] })
      assert.deepEqual([answer.status, fieldCode(answer)], [409, 'name_taken'], name)
    }
    for (const slug of ['owner', 'admin', 'member', 'viewer']) {
      const answer = await refused({ name: `N ${slug}`, slug, permissions: [] })
      assert.deepEqual([answer.status, fieldCode(answer)], [400, 'reserved_slug'], slug)
    }
    const twice = await refused({ name: 'Third', slug: 'taken-name', permissions: [] })
    assert.deepEqual([twice.status, twice.body.code], [409, 'slug_taken'])
    const asId = await refused({ name: 'Fourth', slug: await builtIn('viewer'), permissions: [] })
    assert.equal(asId.status, 400, 'a slug that is the id of another role would stand for that one')
  })

  test('built-in roles are not changed and not deleted, not even by an owner', async () => {
    for (const slug of ['owner', 'admin', 'member', 'viewer']) {
      const id = await builtIn(slug)
      const answers = [
        await team.ask('PATCH', `/roles/${id}`, { name: 'Mine' }),
        await team.ask('PUT', `/roles/${id}/permissions`, { permissions: [] }),
        await team.ask('DELETE', `/roles/${id}?reassignTo=viewer`),
      ]
      for (const answer of answers) {
        assert.deepEqual([answer.status, fieldCode(answer)], [409, 'built_in_role'], slug)
      }
    }
    const still = await team.must(200, 'GET', '/members')
    assert.ok(still.body.data.some((one: { role: { slug: string } }) => one.role.slug === 'owner'))
  })

  test('nobody grants, changes, deletes or assigns what they lack', async () => {
    const above = await make('Above', ['billing:edit'])
    const by = editor.token
    const answers = {
      'make one with more': await team.ask(
        'POST',
        '/roles',
        { name: 'Loot', permissions: ['billing:edit'] },
        by,
      ),
      'by a wildcard': await team.ask('POST', '/roles', { name: 'Loot', permissions: ['*'] }, by),
      'put more into their own': await team.ask(
        'PUT',
        `/roles/${editorRole}/permissions`,
        { permissions: ['roles:edit', 'billing:edit'] },
        by,
      ),
      'empty one that has more': await team.ask(
        'PUT',
        `/roles/${above}/permissions`,
        { permissions: [] },
        by,
      ),
      'rename one that has more': await team.ask('PATCH', `/roles/${above}`, { name: 'X' }, by),
      'delete one that has more': await team.ask('DELETE', `/roles/${above}`, undefined, by),
      'reassign to one that has more': await team.ask(
        'DELETE',
        `/roles/${editorRole}?reassignTo=above`,
        undefined,
        by,
      ),
      'take one that has more': await team.ask(
        'PATCH',
        `/members/${editor.person.userId}`,
        { role: 'above' },
        by,
      ),
    }
    for (const [what, answer] of Object.entries(answers)) {
      assert.deepEqual([answer.status, answer.body.code], [403, 'permission_denied'], what)
    }
    assert.deepEqual((await team.must(200, 'GET', `/roles/${above}`)).body.permissions, [
      'billing:edit',
    ])
  })

  test('a changed role holds on the next request, with the token of before', async () => {
    const role = await make('Readers', ['members:view'])
    const reader = await team.join('Rita', role)
    const list = () => team.ask('GET', '/members', undefined, reader.token)
    assert.equal((await list()).status, 200)
    await team.must(200, 'PUT', `/roles/${role}/permissions`, { permissions: ['projects:view'] })
    assert.equal((await list()).status, 403)
    await team.must(200, 'PUT', `/roles/${role}/permissions`, { permissions: ['members:view'] })
    assert.equal((await list()).status, 200)
    const { body } = await team.must(200, 'GET', '/audit-events?action=role.permissions_changed')
    const [event] = body.data.filter((one: { target: { id: string } }) => one.target.id === role)
    assert.deepEqual(event.data, {
      slug: 'readers',
      added: ['members:view'],
      removed: ['projects:view'],
    })
  })

  test('a role that somebody has needs a successor, and nothing is left that points at it', async () => {
    const role = await make('Going', ['members:view'])
    const holder = await team.join('Hanna', role)
    const invited = `going-${role.slice(0, 8)}@example.com`
    await team.must(201, 'POST', '/invitations', { email: invited, role })
    await team.must(200, 'PATCH', '', { settings: { defaultRole: role } })
    const domain = await team.must(201, 'POST', '/domains', {
      domain: `roles-${role.slice(0, 8)}.com`,
    })
    await onLiveDatabase(
      'update organization_domains set auto_join = true, auto_join_role_id = $1 where id = $2',
      [role, domain.body.id],
    )
    const refused = await team.ask('DELETE', `/roles/${role}`)
    assert.deepEqual(
      [refused.status, fieldCode(refused), refused.body.members, refused.body.invitations],
      [409, 'role_in_use', 1, 1],
    )
    for (const [target, code] of [
      ['owner', 'owner_role'],
      ['nothing-like-it', 'unknown_role'],
      [role, 'same_role'],
    ]) {
      const answer = await team.ask('DELETE', `/roles/${role}?reassignTo=${target}`)
      assert.deepEqual([answer.status, fieldCode(answer)], [400, code])
    }
    await team.must(204, 'DELETE', `/roles/${role}?reassignTo=viewer`)
    const viewer = await builtIn('viewer')
    assert.ok((await membersOf(viewer)).includes(holder.person.userId))
    const pending = await team.must(200, 'GET', '/invitations')
    const mine = pending.body.data.find((one: { email: string }) => one.email === invited)
    assert.equal(mine.role.slug, 'viewer')
    const organization = await team.must(200, 'GET', '')
    assert.equal(organization.body.settings.defaultRole, 'viewer')
    const [claim] = await onLiveDatabase(
      'select auto_join_role_id from organization_domains where id = $1',
      [domain.body.id],
    )
    assert.equal(claim?.auto_join_role_id, viewer)
    assert.equal((await team.ask('GET', `/roles/${role}`)).status, 404)
    const trail = await team.must(200, 'GET', '/audit-events?action=member.role_changed')
    assert.ok(
      trail.body.data.some(
        (one: { target: { id: string } }) => one.target.id === holder.person.userId,
      ),
      'whoever follows a person hears of it',
    )
  })

  test('a role of used and cancelled invitations is no role in use', async () => {
    const role = await make('Once', [])
    const person = await team.join('Ines', role)
    const other = await team.must(201, 'POST', '/invitations', { email: 'once@example.com', role })
    await team.must(204, 'DELETE', `/invitations/${other.body.id}`)
    await team.must(200, 'PATCH', `/members/${person.person.userId}`, { role: 'member' })
    await team.must(204, 'DELETE', `/roles/${role}`)
    assert.equal((await team.ask('GET', '/invitations?status=all')).status, 200)
  })

  test('somebody who was invited into a deleted role comes in with its successor', async () => {
    const role = await make('Late', ['members:view', 'members:invite'])
    const late = await signUp(instance, 'Lars')
    await team.must(201, 'POST', '/invitations', { email: late.email, role })
    await team.must(204, 'DELETE', `/roles/${role}?reassignTo=viewer`)
    const { body } = await must(instance, 200, 'POST', '/invitations/accept', {
      token: late.hubToken,
      body: { token: await mailedToken(instance, late.email, 'Join') },
    })
    assert.equal(body.role, 'viewer')
  })

  test('of two owners who demote each other at once, one stays', async () => {
    const second = await team.join('Otto', 'owner')
    const pairs = [
      { by: team.token, whom: second.person.userId },
      { by: second.token, whom: team.owner.userId },
    ]
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(
        pairs.map(({ by, whom }) => team.ask('PATCH', `/members/${whom}`, { role: 'member' }, by)),
      )
      const codes = answers.map(({ status }) => status).sort()
      assert.equal(codes[0], 200, `round ${round}: ${codes}`)
      assert.ok(Number(codes[1]) >= 400, `round ${round}: ${codes}`)
      const [owners] = await onLiveDatabase(
        `select count(*)::int as n from memberships m join roles r
           on r.tenant_id = m.tenant_id and r.id = m.role_id
         where m.tenant_id = $1 and r.slug = 'owner' and m.status = 'active'`,
        [team.id],
      )
      assert.equal(owners?.n, 1)
      // Whoever is left makes the other an owner again.
      for (const { by, whom } of pairs) {
        await team.ask('PATCH', `/members/${whom}`, { role: 'owner' }, by)
      }
    }
  })

  test('who loses roles:edit while they wait grants nothing with what they had', async () => {
    const role = await make('Waiting', ['roles:edit', 'members:view'])
    const waiter = await team.join('Wanda', role)
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, (_, n) =>
        team.ask('POST', '/roles', { name: `W ${n}`, permissions: ['roles:edit'] }, waiter.token),
      ),
      patiently(() => team.ask('PUT', `/roles/${role}/permissions`, { permissions: [] })),
    ])
    assert.equal(answers.at(-1)?.status, 200)
    const after = await team.ask(
      'POST',
      '/roles',
      { name: 'W after', permissions: ['roles:edit'] },
      waiter.token,
    )
    assert.equal(after.status, 403)
    // In the trail, in the order of the lock: nothing was made by them after they lost it.
    const rows = await onLiveDatabase(
      `select e.action, e.actor_id from audit_events e join audit_links l
         on l.tenant_id = e.tenant_id and l.event_id = e.id
       where e.tenant_id = $1 and (e.actor_id = $2 or e.target_id = $3) order by l.seq`,
      [team.id, waiter.person.userId, role],
    )
    const lostAt = rows.findIndex((row) => row.action === 'role.permissions_changed')
    const late = rows.slice(lostAt + 1).filter((row) => row.actor_id === waiter.person.userId)
    if (lostAt >= 0) assert.deepEqual(late, [])
  })

  test('from the other side a role looks like one that does not exist', async () => {
    const role = await make('Hidden', [])
    const by = team.other.token
    const verbs: [string, string, unknown?][] = [
      ['GET', ''],
      ['PATCH', '', { name: 'Stolen' }],
      ['DELETE', ''],
      ['PUT', '/permissions', { permissions: [] }],
    ]
    for (const [method, path, body] of verbs) {
      const sending = { token: by, ...(body === undefined ? {} : { body }) }
      const foreign = `${team.other.org}/roles/${role}${path}`
      const answer = await call(instance, method, foreign, sending)
      await assertMasked(instance, answer, { token: by }, `${method} a foreign role in their own`)
      const theirs = await call(instance, method, `${team.org}/roles/${role}${path}`, sending)
      await assertMasked(instance, theirs, { token: by }, `${method} in the other organization`)
    }
    const member = await call(
      instance,
      'PATCH',
      `${team.other.org}/members/${team.other.person.userId}`,
      {
        token: by,
        body: { role },
      },
    )
    assert.deepEqual([member.status, fieldCode(member)], [400, 'unknown_role'])
    assert.equal((await team.must(200, 'GET', `/roles/${role}`)).body.name, 'Hidden')
    assert.equal((await team.ask('GET', `/roles/${randomUUID()}`)).status, 404)
  })
})

describe('limits of roles and machine keys', {
  skip: (!instance && 'AUTHSTACK_TEST_INSTANCE is not set') || cannotStartApi(instance),
}, () => {
  if (!instance) return

  test('20 at once leave exactly what the plan allows', async () => {
    const team = await openTeam(instance, 'Limited')
    await onLiveDatabase(
      `update organizations set overrides = '{"limits":{"customRoles":3,"apiKeys":3}}'
       where tenant_id = $1`,
      [team.id],
    )
    const many = (path: string, body: (n: number) => object) =>
      Promise.all(
        Array.from({ length: 20 }, (_, n) => patiently(() => team.ask('POST', path, body(n)))),
      )
    const roles = await many('/roles', (n) => ({ name: `R ${n}`, permissions: [] }))
    const keys = await many('/api-keys', (n) => ({ name: `K ${n}`, permissions: ['members:view'] }))
    for (const [answers, limit] of [
      [roles, 'customRoles'],
      [keys, 'apiKeys'],
    ] as const) {
      const made = answers.filter(({ status }) => status === 201)
      const refused = answers.filter(({ body }) => body.code === 'limit_reached')
      assert.equal(made.length, 3, JSON.stringify(answers.map(({ body }) => body.code)))
      assert.equal(refused.length, 17)
      assert.deepEqual([refused[0]?.body.limit, refused[0]?.body.max], [limit, 3])
    }
    await team.must(204, 'DELETE', `/roles/${roles.find((one) => one.status === 201)?.body.id}`)
    assert.equal((await team.ask('POST', '/roles', { name: 'Room', permissions: [] })).status, 201)
  })

  test('a role that the settings have dropped grants nothing and can be deleted', async () => {
    let own: OwnApi | null = null
    try {
      own = await startApi(instance, {
        settings: (text) =>
          text.replace('\n  roles: {', "\n  roles: {\n    auditor: ['audit:view'],"),
      })
      const team = await openTeam(own.instance, 'Dropped')
      const find = async (where: typeof instance) => {
        const { body } = await must(where, 200, 'GET', `${team.org}/roles`, { token: team.token })
        return body.data.find((role: { slug: string }) => role.slug === 'auditor')
      }
      const named = await find(own.instance)
      assert.equal(named.builtIn, true)
      const refused = await team.ask('DELETE', `/roles/${named.id}`)
      assert.equal(fieldCode(refused), 'built_in_role')
      const dropped = await find(instance)
      assert.deepEqual([dropped.builtIn, dropped.permissions], [false, []])
      const edited = await call(instance, 'PUT', `${team.org}/roles/${named.id}/permissions`, {
        token: team.token,
        body: { permissions: ['audit:view'] },
      })
      assert.equal(edited.status, 409)
      await must(instance, 204, 'DELETE', `${team.org}/roles/${named.id}`, { token: team.token })
      // The settings name it again, as after a rollback: it is there again.
      assert.ok(await find(own.instance))
    } finally {
      await own?.stop()
    }
  })
})
