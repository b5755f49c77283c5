import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { told } from '../../lib/authstack.ts'
import { call, callOk } from '../../lib/call.ts'
import { expectProblem } from '../../lib/expect-problem.ts'
import { logIn, newOrganization, newPassword, newPerson, type Person } from '../../lib/people.ts'
import type { Project } from './project.ts'

/** Every other command, without a terminal, on the running project. */
export function everyCommandTests(project: Project): void {
  describe('every command answers without a terminal', () => {
    let person: Person
    before(async () => {
      await project.use()
      person = await newPerson('helped')
    })

    for (const args of [
      ['status'],
      ['history'],
      ['keys', 'list'],
      ['keys', 'list', '--mode', 'test'],
      ['secrets', 'list'],
      ['orgs', 'list'],
      ['users', 'list'],
      ['doctor'],
    ]) {
      test(`${args.join(' ')}: words by default, one JSON document with --json`, async () => {
        const plain = await project.run(args, 60)
        assert.equal(plain.code, 0, told(args, plain))
        assert.ok(plain.stdout.length > 0, told(args, plain))
        assert.equal(plain.json, null, 'words, not JSON')
        const lines = plain.stdout.split('\n').filter((line) => !/https?:|\//.test(line))
        for (const line of lines) assert.ok(line.length <= 80, `over 80 columns: ${line}`)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are what must not be there
        assert.doesNotMatch(plain.stdout + plain.stderr, /\u001b\[/, 'no colour in a pipe')
        assert.ok(await project.json(args))
      })
    }

    test('diff names what changed between two versions', async () => {
      const { version } = await project.status()
      const outcome = await project.run(['diff', 'v1.0', version])
      assert.equal(outcome.code, 0, told(['diff'], outcome))
      for (const sign of ['#0f766e', 'extensions/routes/notes.ts', '0001_notes']) {
        assert.ok(outcome.stdout.includes(sign), `${sign} in the diff`)
      }
    })

    test('logs are the server’s lines and hold no password, token or key secret', async () => {
      await logIn(person)
      const outcome = await project.run(['logs'], 30)
      assert.equal(outcome.code, 0, told(['logs'], outcome))
      assert.ok(outcome.stdout.split('\n').length > 5)
      for (const secret of [person.password, person.refreshToken, person.accessToken]) {
        assert.ok(!outcome.stdout.includes(secret), 'a secret is in the log')
      }
    })

    test('keys: create, rotate with overlap, revoke; a secret key is shown once', async () => {
      const origin = 'https://app.example.test'
      const create = ['keys', 'create', '--kind', 'browser', '--name', 'web', '--origin', origin]
      const made = await project.json(create)
      assert.match(made.key, /^ask_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}$/)
      assert.equal((await call('GET', 'config', { key: made.key, origin })).status, 200)
      const rotated = await project.json(['keys', 'rotate', made.id])
      assert.equal((await call('GET', 'config', { key: rotated.key, origin })).status, 200)
      await project.ok(['keys', 'revoke', made.id, '--yes'])
      expectProblem(await call('GET', 'config', { key: made.key, origin }), 401, 'key_invalid')
      const secret = await project.json([
        ...['keys', 'create', '--kind', 'secret', '--name', 'server', '--scope', 'introspect'],
      ])
      assert.match(secret.key, /^authstack_sec_live_/)
      const listed = await project.run(['keys', 'list', '--json'])
      assert.ok(!listed.stdout.includes(secret.key))
    })

    test('users: create, show, verify, unlock, revoke-sessions', async () => {
      const email = `made-${person.email}`
      const password = newPassword()
      const create = ['users', 'create', '--email', email, '--first-name', 'Made']
      const given = await project.ok([...create, '--with-password', '--json'], `${password}\n`)
      const made = given.json
      assert.equal(made.email, email)
      await project.ok(['users', 'verify', email])
      assert.equal((await project.json(['users', 'show', email])).emailVerified, true)
      const session = await logIn({ email, password })
      await project.ok(['users', 'revoke-sessions', email, '--yes'])
      const me = await call('GET', 'me', { token: session.accessToken })
      expectProblem(me, 401, 'session_revoked')
      const wrong = { email, password: 'Wrong-password-1' }
      for (let count = 0; count < 3; count++) await call('POST', 'auth/login', { json: wrong })
      const locked = await call('POST', 'auth/login', { json: { email, password } })
      assert.ok([401, 429].includes(locked.status), locked.text)
      await project.ok(['users', 'unlock', email])
      assert.ok((await logIn({ email, password })).accessToken)
      const absent = await project.run(['users', 'show', 'nobody@example.test', '--json'])
      assert.equal(absent.code, 1)
      assert.ok(absent.json.error.next.length)
    })

    test('orgs: list, show and set', async () => {
      const organization = await newOrganization(person)
      const shown = await project.json(['orgs', 'show', organization.id])
      assert.equal(shown.slug, organization.slug)
      const { data } = await project.json(['orgs', 'list'])
      assert.ok(data.some((one: { id: string }) => one.id === organization.id))
      const set = await project.json(['orgs', 'set', organization.slug, '--limit', 'members=42'])
      assert.deepEqual([set.limits.members, set.overrides.limits], [42, { members: 42 }])
      const back = await project.json([
        'orgs',
        'set',
        organization.slug,
        '--limit',
        'members=default',
      ])
      assert.deepEqual([back.limits.members, back.overrides.limits], [shown.limits.members, {}])
    })

    test('secrets: set by stdin only, listed by name only, unset', async () => {
      const unpiped = await project.run(['secrets', 'set', 'DEMO_TOKEN'], 30)
      assert.equal(unpiped.code, 2, told(['secrets', 'set'], unpiped))
      await project.ok(['secrets', 'set', 'DEMO_TOKEN'], 's3cret-value')
      const listed = await project.run(['secrets', 'list'])
      assert.match(listed.stdout, /DEMO_TOKEN/)
      assert.ok(!listed.stdout.includes('s3cret-value'))
      await project.ok(['secrets', 'unset', 'DEMO_TOKEN', '--yes'])
      assert.doesNotMatch((await project.run(['secrets', 'list'])).stdout, /DEMO_TOKEN/)
    })

    test('types writes the project’s own permissions, and --check notices an outdated file', async () => {
      const outcome = await project.ok(['types'])
      const file = outcome.stdout.trim()
      assert.match(project.read(file), /projects:create/)
      await project.ok(['types', '--check'])
      project.edit(file, 'projects:create', 'projects:craete')
      assert.equal((await project.run(['types', '--check'])).code, 1)
      await project.ok(['types'])
    })

    test('config carries the permissions as the settings say', async () => {
      assert.equal((await callOk('GET', 'config')).project, 'acme-auth')
    })
  })
}
