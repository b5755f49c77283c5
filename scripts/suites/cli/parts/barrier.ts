import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { told } from '../../lib/authstack.ts'
import { callOk } from '../../lib/call.ts'
import { addContractMigration, newColor } from './changes.ts'
import type { Project } from './project.ts'

/** A contract migration is a one-way door, and says so. */
export function barrierTests(project: Project): void {
  describe('a contract migration', () => {
    let deployed: string

    test('is deployed like any other version', async () => {
      addContractMigration(project)
      deployed = (await project.deploy()).version
      await project.use()
      const config = await callOk('GET', 'config')
      assert.equal(config.version, deployed)
      assert.equal(config.theme.primaryColor, newColor)
    })

    for (const args of [
      ['rollback', 'v1.0', '--yes', '--json'],
      ['rollback', '--yes', '--json'],
    ]) {
      test(`makes ${args.slice(0, -2).join(' ')} refuse with 8 and name what to do`, async () => {
        const outcome = await project.run(args)
        assert.equal(outcome.code, 8, told(args, outcome))
        const { error } = outcome.json
        assert.equal(error.exitCode, 8)
        assert.match(`${error.what} ${error.why}`, /0002_drop_mood/)
        assert.match(error.next.join(' '), /authstack \w+/)
        const status = await project.status()
        assert.equal(status.version, deployed)
        assert.equal(status.healthy, true)
      })
    }
  })
}
