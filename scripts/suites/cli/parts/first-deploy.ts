import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { authstack, type Outcome, told } from '../../lib/authstack.ts'
import { callOk } from '../../lib/call.ts'
import { newOrganization, newPerson } from '../../lib/people.ts'
import { request } from '../../lib/request.ts'
import type { Project } from './project.ts'

const deploy = ['deploy', '--env', 'local', '--yes', '--json']
/** Steps beyond this many are left alone, so that the suite ends in time. */
const interruptionsMax = 9

/** The first deploy, interrupted at step after step, then left to finish. */
export function firstDeployTests(project: Project): void {
  describe('the first deploy', () => {
    test('Ctrl-C at each step ends with 130 within its grace; the next run goes on', async () => {
      const interruptedAt = new Set<string>()
      let outcome: Outcome
      do {
        outcome = await deployUntilNewStep(project, interruptedAt)
        if (outcome.code === 0) break
        assert.equal(outcome.code, 130, told(deploy, outcome))
        assert.equal(outcome.json?.error?.code, 'interrupted', told(deploy, outcome))
        await sleep(200)
      } while (interruptedAt.size <= interruptionsMax)
      process.stdout.write(`# interrupted at: ${[...interruptedAt].join(', ')}\n`)
      assert.ok(interruptedAt.size >= 4, `only at ${[...interruptedAt]}`)
      const finished = outcome.code === 0 ? outcome : await authstack(deploy, running(project))
      assert.equal(finished.code, 0, told(deploy, finished))
    })

    test('v1.0 serves: status is healthy, the pages and the API answer', async () => {
      const status = await project.status()
      assert.equal(status.healthy, true)
      assert.equal(status.version, 'v1.0')
      assert.match(status.publicUrl, /^http:\/\/localhost:\d+$/)
      const { api } = await project.use()
      assert.equal((await request(`${api}/readyz`)).status, 200)
      const page = await request(`${api}/login`)
      assert.equal(page.status, 200)
      assert.match(page.text, /<script type="application\/json" id="authstack-config">/)
      const config = await callOk('GET', 'config')
      assert.equal(config.version, 'v1.0')
      assert.equal(config.name, 'Acme')
    })

    test('a person signs up, creates an organization and is seen by users and orgs', async () => {
      const person = await newPerson('first')
      const organization = await newOrganization(person)
      const { data: users } = await project.json(['users', 'list'])
      assert.ok(users.some((user: { email: string }) => user.email === person.email))
      const shown = await project.json(['orgs', 'show', organization.slug])
      assert.equal(shown.id, organization.id)
    })

    test('deploying again without a change makes no new version and stays up', async () => {
      const again = await project.deploy()
      assert.equal(again.version, 'v1.0', JSON.stringify(again))
      assert.equal((await project.status()).version, 'v1.0')
    })
  })
}

/** Deploys, and presses Ctrl-C as soon as a step runs that was not interrupted before. */
function deployUntilNewStep(project: Project, seen: Set<string>): Promise<Outcome> {
  let isPressed = false
  return authstack(deploy, {
    ...running(project),
    onLine(line, child) {
      const event = parse(line)
      if (isPressed || event?.event !== 'step' || event.status !== 'running') return
      if (seen.has(event.id) || seen.size > interruptionsMax) return
      seen.add(event.id)
      isPressed = true
      setTimeout(() => child.kill('SIGINT'), 150)
    },
  })
}

function running(project: Project) {
  return { box: project.box, cwd: project.folder, timeoutSeconds: 300 }
}

function parse(line: string) {
  try {
    return JSON.parse(line) as { event?: string; id: string; status?: string }
  } catch {
    return null
  }
}
