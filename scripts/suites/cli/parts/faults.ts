import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { call, callOk } from '../../lib/call.ts'
import { logIn, newOrganization, newPerson, tokenFor } from '../../lib/people.ts'
import type { Project } from './project.ts'

/** Processes of an instance, each killed in turn. The API's name has the live colour in it. */
const parts = ['redis', 'keycloak', 'postgres', 'api'] as const

/** `kill -9` of each part: it is named, comes back, and nothing that was acknowledged is lost. */
export function faultTests(project: Project): void {
  describe('kill -9', () => {
    before(() => project.use())

    for (const part of parts) {
      test(`of ${part}: status names it, deploy brings it back, no acknowledged write is lost`, async () => {
        const person = await newPerson('steady')
        const session = await logIn(person)
        const writes = keepWriting(session.accessToken, part)
        await sleep(1500)
        const name = part === 'api' ? await liveApi(project) : part
        process.kill(project.pid(name), 'SIGKILL')
        await sleep(1000)
        const acknowledged = await writes.stop()
        assert.ok(acknowledged !== null, 'nothing was written before the kill')

        const down = await project.run(['status', '--json'])
        assert.equal(down.code, 1, down.stdout)
        assert.equal(down.json.healthy, false)
        expectNamed(down.json, part)
        const told = await project.run(['status'])
        assert.equal(told.code, 1)
        assert.match(
          `${told.stdout}${told.stderr}`,
          part === 'api' ? /api/i : new RegExp(part, 'i'),
        )

        assert.equal((await project.deploy()).version, 'v1.0')
        assert.equal((await project.status()).healthy, true)
        const again = await logIn(person)
        const me = await callOk('GET', 'me', { token: again.accessToken })
        assert.ok(
          Number(me.firstName.split('-')[1]) >= acknowledged,
          `acknowledged ${acknowledged}, found ${me.firstName}`,
        )
        const organization = await freshOrganization()
        assert.ok(await tokenFor(organization.owner, organization.id), 'tokens are minted again')
      })
    }
  })
}

async function freshOrganization() {
  const owner = await newPerson('founder')
  return { owner, ...(await newOrganization(owner)) }
}

/** Writes a rising number into the person's name; `stop` gives the highest one that was acknowledged. */
function keepWriting(token: string, label: string): { stop: () => Promise<number | null> } {
  let acknowledged: number | null = null
  let isOver = false
  const work = (async () => {
    for (let count = 1; !isOver && count < 10_000; count++) {
      const json = { firstName: `${label}-${count}` }
      const answer = await call('PATCH', 'me', { token, json, timeoutMs: 3000 }).catch(() => null)
      if (answer?.status === 200) acknowledged = count
      await sleep(20) // within what one person may ask in a minute
    }
  })()
  return {
    stop: async () => {
      isOver = true
      await work
      return acknowledged
    },
  }
}

async function liveApi(project: Project): Promise<string> {
  const { readlinkSync } = await import('node:fs')
  const colour = /([ab])\.sock$/.exec(readlinkSync(`${project.state}/live.sock`))?.[1]
  return `api-${colour}`
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
