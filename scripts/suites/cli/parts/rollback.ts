import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { told } from '../../lib/authstack.ts'
import { call, callOk } from '../../lib/call.ts'
import { query } from '../../lib/database.ts'
import { expectProblem } from '../../lib/expect-problem.ts'
import {
  logIn,
  newOrganization,
  newPerson,
  type Organization,
  type Person,
} from '../../lib/people.ts'
import { watchSteadily } from '../../lib/steady-client.ts'
import { oldColor } from './changes.ts'
import type { Project } from './project.ts'
import { expectNothingLost, failuresUntilThrottled, keyHeader, version } from './second-version.ts'

/** Back to v1.0: code, settings and pages together, while rows stay. */
export function rollbackTests(project: Project): void {
  describe('rollback v1.0', () => {
    let person: Person
    let organization: Organization
    let current: string
    before(async () => {
      await project.use()
      current = (await project.status()).version
      person = await newPerson('meanwhile')
      organization = await newOrganization(person)
      await callOk('POST', 'x/notes', { json: { text: 'written under v1.1' } }, 201)
    })

    test('takes seconds and loses no request', async () => {
      const { api } = await project.use()
      const watch = watchSteadily(`${api}/api/v1/config`, keyHeader(project), version)
      const args = ['rollback', 'v1.0', '--yes', '--json']
      const outcome = await project.run(args)
      const watched = await watch.stop()
      assert.equal(outcome.code, 0, told(args, outcome))
      assert.ok(outcome.seconds < 60, `${outcome.seconds} s`)
      expectNothingLost(watched, ['v1.0', current])
      const status = await project.status()
      assert.equal(status.version, 'v1.0')
      assert.equal(status.healthy, true)
    })

    test('theme, throttle and routes are v1.0’s again', async () => {
      const config = await callOk('GET', 'config')
      assert.equal(config.version, 'v1.0')
      assert.equal(config.theme.primaryColor, oldColor)
      assert.equal(await failuresUntilThrottled(), 5)
      const route = await call('POST', 'x/notes', { json: { text: 'gone' } })
      expectProblem(route, 404, 'not_found')
    })

    test('rows written meanwhile are kept: the person, the organization, the note', async () => {
      const session = await logIn(person)
      assert.deepEqual(
        session.organizations.map((one: Organization) => one.id),
        [organization.id],
      )
      const notes = await query('authstack_live', 'owner', 'select text from notes')
      assert.ok(notes.some((note) => note.text === 'written under v1.1'))
    })

    test('the history tells of both, and the working tree was not touched', async () => {
      const history = await project.json(['history'])
      const entries = history.data ?? history.entries ?? history
      const told = entries.map((entry: { action: string; version: string }) => [
        entry.action,
        entry.version,
      ])
      assert.ok(
        told.some(([action, to]: string[]) => action === 'rollback' && to === 'v1.0'),
        JSON.stringify(told),
      )
      assert.ok(!project.read('authstack.config.ts').includes(oldColor))
    })

    test('to a version that never was is refused and changes nothing', async () => {
      const args = ['rollback', 'v9.9', '--yes', '--json']
      const outcome = await project.run(args)
      assert.ok([1, 2].includes(outcome.code), told(args, outcome))
      assert.match(JSON.stringify(outcome.json.error), /v9\.9/)
      assert.equal((await project.status()).version, 'v1.0')
    })
  })
}
