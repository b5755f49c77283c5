import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { readInstance } from './support/instance.ts'
import { openTeam, type Team } from './support/team.ts'

const instance = readInstance()

/** A cursor is the caller's to write: what looks like a time and is none must not reach PostgreSQL. */
describe('forged cursors and impossible moments', {
  skip: !instance && 'AUTHSTACK_TEST_INSTANCE is not set',
}, () => {
  if (!instance) return
  let team: Team
  before(async () => {
    team = await openTeam(instance, 'Cursors')
  })
  const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')
  const lists = ['/members', '/invitations', '/audit-events', '/api-keys']

  test('are the faults of the caller, in every list', async () => {
    for (const list of lists) {
      for (const time of [
        '2026-99-99 00:00:00+00',
        '2026-02-30 00:00:00+00',
        '2026-01-01 25:00:00+00',
        '2026-01-01 00:00:00+99',
        '0000-01-01 00:00:00+00',
      ]) {
        const answer = await team.ask('GET', `${list}?after=${cursor(time, randomUUID())}`)
        assert.equal(answer.status, 400, `${list} ${time}: ${JSON.stringify(answer.body)}`)
      }
    }
    for (const bound of ['from', 'to']) {
      const answer = await team.ask('GET', `/audit-events?${bound}=0000-01-01T00:00:00Z`)
      assert.equal(answer.status, 400, `${bound}: ${JSON.stringify(answer.body)}`)
    }
  })

  test('show nothing of another organization', async () => {
    for (const list of lists) {
      const mine = await team.must(200, 'GET', `${list}?limit=100`)
      const own = new Set(
        mine.body.data.map((row: { id?: string; userId?: string }) => row.id ?? row.userId),
      )
      const edges = ['0001-01-01 00:00:00+00', '9999-12-31 00:00:00+00']
      for (const time of edges) {
        const { status, body } = await team.ask(
          'GET',
          `${list}?after=${cursor(time, randomUUID())}`,
        )
        assert.equal(status, 200, JSON.stringify(body))
        for (const row of body.data) assert.ok(own.has(row.id ?? row.userId), list)
      }
    }
  })
})
