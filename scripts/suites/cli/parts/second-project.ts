import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { authstack, told } from '../../lib/authstack.ts'
import { call, callOk } from '../../lib/call.ts'
import { expectProblem } from '../../lib/expect-problem.ts'
import { newPerson } from '../../lib/people.ts'
import type { Project } from './project.ts'

/** A second project on the same computer, while the first one serves. */
export function secondProjectTests(first: Project, second: Project): void {
  describe('two projects side by side', () => {
    test('the second is made and deployed while the first goes on', async () => {
      const args = ['init', second.name, '--name', 'Second', '--yes']
      const made = await authstack(args, { box: second.box, cwd: second.box.folder })
      assert.equal(made.code, 0, told(args, made))
      assert.equal((await second.deploy()).version, 'v1.0')
      assert.equal((await second.status()).healthy, true)
      assert.equal((await first.status()).healthy, true)
    })

    test('they share no port, no key and no person', async () => {
      const ports = [first, second].map((project) =>
        Object.values(JSON.parse(readFileSync(join(project.state, 'instance.json'), 'utf8')).ports),
      )
      const all = ports.flat()
      assert.equal(new Set(all).size, all.length, String(all))
      await first.use()
      const person = await newPerson('of-first')
      await second.use()
      const json = { email: person.email, password: person.password }
      expectProblem(await call('POST', 'auth/login', { json }), 401, 'invalid_credentials')
      expectProblem(await call('GET', 'config', { key: first.nativeKey }), 401, 'key_invalid')
      expectProblem(await call('GET', 'me', { token: person.accessToken }), 401, 'token_invalid')
      assert.equal((await callOk('GET', 'config')).name, 'Second')
    })

    test('stopping the first leaves the second alone', async () => {
      await first.ok(['stop'])
      assert.equal((await first.run(['status', '--json'])).code, 1)
      assert.equal((await second.status()).healthy, true)
      await second.use()
      await callOk('GET', 'config')
    })
  })
}
