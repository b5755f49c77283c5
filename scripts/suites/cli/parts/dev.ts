import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { call, callOk } from '../../lib/call.ts'
import { type RunningDev, startDev } from './dev-process.ts'
import type { Project } from './project.ts'

const file = 'extensions/routes/dev-answer.ts'

/** `authstack dev` on the deployed project: edits are seen, faults are told, and Ctrl-C gives it back as it was. */
export function devTests(project: Project): void {
  describe('authstack dev', () => {
    let dev: RunningDev
    let deployed: string
    let tree: string
    before(async () => {
      await project.use()
      deployed = (await project.status()).version
      tree = project.git('status', '--porcelain')
      dev = startDev(project)
      await dev.says(/Serving your working tree: ready/)
    })
    after(() => {
      dev?.end()
      rmSync(join(project.folder, file), { force: true })
    })

    test('serves the working tree in place of the version', async () => {
      assert.equal((await callOk('GET', 'config')).version, 'dev')
      const status = await project.status()
      assert.equal(status.version, 'dev')
      assert.equal(status.healthy, true)
    })

    test('an edit is answered through the front', async () => {
      assert.equal((await call('GET', 'x/dev-answer')).status, 404)
      project.write(file, route('first'))
      await answers('first')
      project.write(file, route('second'))
      await answers('second')
    })

    test('a syntax error is told with its file while the old answer stays; mending it recovers', async () => {
      const seen = dev.mark()
      project.write(file, `${route('broken')}\nexport const = 1\n`)
      await dev.says(/dev-answer\.ts.*SyntaxError|SyntaxError.*dev-answer\.ts/s, seen)
      assert.equal((await callOk('GET', 'x/dev-answer')).said, 'second')
      assert.equal((await project.status()).healthy, true)
      project.write(file, route('mended'))
      await answers('mended')
    })

    test('Ctrl-C ends it with 130, the version serves as before and no process is left', async () => {
      assert.equal(await dev.interrupt(), 130)
      rmSync(join(project.folder, file))
      assert.equal((await callOk('GET', 'config')).version, deployed)
      assert.equal((await call('GET', 'x/dev-answer')).status, 404)
      const status = await project.status()
      assert.equal(status.version, deployed)
      assert.equal(status.healthy, true)
      assert.deepEqual(devServers(project), [])
      const records = readdirSync(join(project.state, 'run'))
      assert.equal(records.filter((name) => name.startsWith('api-')).length, 1, String(records))
      const sockets = readdirSync(project.state).filter((name) => name.startsWith('dev-'))
      assert.deepEqual(sockets, [])
      assert.equal(project.git('status', '--porcelain'), tree)
    })
  })
}

/** Waits until the route says it. */
async function answers(said: string, timeoutSeconds = 30): Promise<void> {
  const deadline = Date.now() + timeoutSeconds * 1000
  for (;;) {
    const { status, body, text } = await call('GET', 'x/dev-answer')
    if (status === 200 && body.said === said) return
    assert.ok(Date.now() < deadline, `waited for '${said}', last: ${status} ${text}`)
    await sleep(50)
  }
}

/** Pids of servers of the working tree that still run on this project's instance. Linux only. */
function devServers(project: Project): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    const path = `/proc/${pid}/environ`
    if (!/^\d+$/.test(pid) || !existsSync(path)) return []
    try {
      const environment = readFileSync(path, 'latin1').split('\0')
      const isOurs = environment.includes(`CREDENTIALS_DIRECTORY=${project.state}/credentials`)
      return isOurs && environment.includes('AUTHSTACK_VERSION=dev') ? [pid] : []
    } catch {
      return [] // ended meanwhile, or not ours to read
    }
  })
}

const route = (said: string) => `import { z } from 'zod'
import { defineAction, defineRoute, type KeyContext, withKey } from '../../src/extensions.ts'

export default defineRoute({
  method: 'GET',
  path: '/api/v1/x/dev-answer',
  who: withKey(),
  action: defineAction<KeyContext>()({
    id: 'devAnswer',
    summary: 'What the working tree says',
    output: z.object({ said: z.string() }),
    run: async () => ({ said: '${said}' }),
  }),
})
`
