import assert from 'node:assert/strict'
import { readlinkSync } from 'node:fs'
import { before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { newOrganization, newPerson, tokenFor } from '../../lib/people.ts'
import { startLoad } from './fault-load.ts'
import type { Project } from './project.ts'

/** Processes of an instance, each killed in turn. The API's name has the live colour in it. */
const parts = ['redis', 'keycloak', 'postgres', 'api'] as const
/** Without these an issued token still works: the API decides by its own keys and database. */
const notNeededByTokens = new Set<string>(['redis', 'keycloak'])
const isFull = process.env.AUTHSTACK_FULL === '1'
const rounds = isFull ? 5 : 1

/**
 * `kill -9` of each part under load: it is named, comes back, no acknowledged write and no mail is lost,
 * and nothing that was taken away is ever accepted, neither in the fault nor after it.
 */
export function faultTests(project: Project): void {
  describe('kill -9', () => {
    before(() => project.use())

    for (const part of parts) {
      for (let round = 1; round <= rounds; round++) {
        test(`of ${part}, ${round} of ${rounds}: named, brought back, nothing lost, nothing accepted falsely`, async () => {
          const load = await startLoad(`${part}-${round}`)
          await sleep(1500)
          process.kill(project.pid(part === 'api' ? liveApi(project) : part), 'SIGKILL')
          load.noteOutage()
          await sleep(1500)
          await load.stopWriting()
          assert.ok(load.acknowledged() > 0, 'nothing was written before the kill')

          if (round === 1) await expectNamedByStatus(project, part)
          assert.equal((await project.deploy()).version, 'v1.0')
          assert.equal((await project.status()).healthy, true)
          const found = await load.end()
          assert.deepEqual(found.falseAccepts, [], 'what was taken away was accepted')
          assert.deepEqual(found.lostWrites, [], 'an acknowledged write is gone')
          assert.deepEqual(found.lostMails, [], 'an acknowledged invitation was never mailed')
          if (notNeededByTokens.has(part)) {
            assert.ok(found.readsInOutage > 0, 'nobody read in the outage')
            assert.deepEqual(found.failedReadsInOutage, [], 'issued tokens went on working')
          }
          const organization = await freshOrganization()
          assert.ok(await tokenFor(organization.owner, organization.id), 'tokens are minted again')
        })
      }
    }
  })
}

async function freshOrganization() {
  const owner = await newPerson('founder')
  return { owner, ...(await newOrganization(owner)) }
}

function liveApi(project: Project): string {
  const colour = /([ab])\.sock$/.exec(readlinkSync(`${project.state}/live.sock`))?.[1]
  return `api-${colour}`
}

async function expectNamedByStatus(project: Project, part: string): Promise<void> {
  const down = await project.run(['status', '--json'])
  assert.equal(down.code, 1, down.stdout)
  assert.equal(down.json.healthy, false)
  expectNamed(down.json, part)
  const told = await project.run(['status'])
  assert.equal(told.code, 1)
  assert.match(`${told.stdout}${told.stderr}`, part === 'api' ? /api/i : new RegExp(part, 'i'))
}

/** The JSON names exactly the part that is down among what it lists. */
function expectNamed(status: Record<string, unknown>, part: string): void {
  const listed = JSON.stringify(status).toLowerCase()
  assert.match(listed, new RegExp(part))
  const processes = (status.processes ?? status.parts) as
    | { name: string; status?: string; running?: boolean; healthy?: boolean }[]
    | undefined
  assert.ok(Array.isArray(processes), `status --json lists its processes: ${listed}`)
  const down = processes.filter((one) => one.healthy === false || one.running === false)
  assert.ok(
    down.some((one) => one.name.startsWith(part)),
    `${part} is said to be down: ${listed}`,
  )
}
