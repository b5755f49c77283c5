import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { told } from '../../lib/authstack.ts'
import { call, callOk } from '../../lib/call.ts'
import { expectProblem } from '../../lib/expect-problem.ts'
import { newAddress } from '../../lib/people.ts'
import { type Watched, watchSteadily } from '../../lib/steady-client.ts'
import { breakServer, makeSecondVersion, newColor, oldColor } from './changes.ts'
import type { Project } from './project.ts'

/** A deploy that fails, then v1.1 with four changes at once, under a client that never stops asking. */
export function secondVersionTests(project: Project): void {
  describe('a deploy whose server cannot start', () => {
    test('exits 6, says so, and leaves v1.0 serving without one lost request', async () => {
      const { api } = await project.use()
      const repair = breakServer(project)
      const watch = watchSteadily(`${api}/api/v1/config`, keyHeader(project), version)
      const outcome = await project.run(['deploy', '--env', 'local', '--yes', '--json'], 300)
      const watched = await watch.stop()
      repair()
      assert.equal(outcome.code, 6, told(['deploy'], outcome))
      assert.equal(outcome.json.error.exitCode, 6)
      assert.match(JSON.stringify(outcome.json.error), /v1\.0/)
      expectNothingLost(watched, ['v1.0'])
      const status = await project.status()
      assert.equal(status.version, 'v1.0')
      assert.equal(status.healthy, true)
      assert.equal(project.git('status', '--porcelain'), '')
    })

    test('settings that are wrong are exit 3, name the place, and deploy nothing', async () => {
      const config = project.read('authstack.config.ts')
      project.edit('authstack.config.ts', oldColor, 'reddish')
      const outcome = await project.run(['deploy', '--env', 'local', '--yes', '--json'])
      project.write('authstack.config.ts', config)
      assert.equal(outcome.code, 3, told(['deploy'], outcome))
      assert.match(JSON.stringify(outcome.json.error), /primaryColor/)
      assert.equal((await project.status()).version, 'v1.0')
    })
  })

  describe('v1.1', () => {
    test('is deployed with no request lost, and both versions were seen', async () => {
      const { api } = await project.use()
      makeSecondVersion(project)
      const watch = watchSteadily(`${api}/api/v1/config`, keyHeader(project), version)
      const outcome = await project.run(['deploy', '--env', 'local', '--yes', '--json'], 300)
      const watched = await watch.stop()
      assert.equal(outcome.code, 0, told(['deploy'], outcome))
      // The flip's record carries the next number after the failed try, or the same one again.
      assert.match(outcome.json.version, /^v1\.[12]$/)
      expectNothingLost(watched, ['v1.0', outcome.json.version])
    })

    test('shows the new theme to the browser', async () => {
      assert.equal((await callOk('GET', 'config')).theme.primaryColor, newColor)
    })

    test('throttles after two failures instead of five', async () => {
      assert.equal(await failuresUntilThrottled(), 2)
    })

    test('has the route, which writes into the new table', async () => {
      const note = await callOk('POST', 'x/notes', { json: { text: 'kept' } }, 201)
      assert.ok(note.id)
      const bad = await call('POST', 'x/notes', { json: { text: 7 } })
      expectProblem(bad, 400, 'invalid_request')
      expectProblem(await call('POST', 'x/notes', { key: null, json: {} }), 401, 'key_required')
    })
  })
}

/** How many wrong passwords an address is allowed before 429. */
export async function failuresUntilThrottled(): Promise<number> {
  const json = { email: newAddress('guessed'), password: 'Wrong-password-1' }
  for (let count = 0; count < 10; count++) {
    const answer = await call('POST', 'auth/login', { json })
    if (answer.status === 429) {
      expectProblem(answer, 429, 'too_many_attempts')
      assert.ok(Number(answer.headers['retry-after']) > 0)
      return count
    }
    expectProblem(answer, 401, 'invalid_credentials')
  }
  return Number.POSITIVE_INFINITY
}

/** No request was lost, enough were made to notice, and only these versions answered. */
export function expectNothingLost(watched: Watched, versions: string[]): void {
  assert.deepEqual(watched.lost, [], `${watched.lost.length} of ${watched.total} lost`)
  assert.ok(watched.total > 100, `only ${watched.total} requests`)
  assert.deepEqual([...watched.seen].sort(), versions.sort())
  process.stdout.write(`# 0 of ${watched.total} requests lost, ${versions.join(' → ')}\n`)
}

export function keyHeader(project: Project) {
  return { 'x-authstack-key': project.nativeKey }
}

export function version(body: Record<string, unknown>): string {
  return String(body.version)
}
