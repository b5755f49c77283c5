import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../../lib/repository.ts'
import type { BenchInstance } from './bench-instance.ts'
import { type Program, startProgram } from './start-program.ts'

/** A route as a customer would write it: everything is asked of the guard, nothing is done after. */
const AUTHORISE_ROUTE = `import { z } from 'zod'
import { defineAction, defineRoute, member, type MemberContext } from '../../src/extensions.ts'

export default defineRoute<MemberContext>({
  method: 'GET',
  path: '/api/v1/x/organizations/:orgId/authorise',
  who: member('members:view'),
  action: defineAction<MemberContext>()({
    id: 'authorise',
    summary: 'Key, token, session, membership, permission',
    params: z.object({ orgId: z.uuid() }),
    output: z.object({ ok: z.boolean() }),
    run: async () => ({ ok: true }),
  }),
})
`

/** Requests are counted as always; what counts as too many is out of the benchmark's reach. */
const REQUESTS = 'requestsPerMinute: { address: 1e9, key: 1e9, person: 1e9 },'

/**
 * The API from this work tree, on the databases of the instance, as a process that is measured alone:
 * without the front, whose CPU is its own.
 */
export async function startApi(
  { state, credentials }: BenchInstance,
  port: number,
  folder: string,
): Promise<Program & { url: string }> {
  const template = join(repository, 'templates', 'auth-server')
  for (const name of ['src', 'extensions', 'keycloak', 'package.json', 'openapi.json']) {
    cpSync(join(template, name), join(folder, name), { recursive: true })
  }
  symlinkSync(join(template, 'node_modules'), join(folder, 'node_modules'))
  mkdirSync(join(folder, 'extensions', 'routes'), { recursive: true })
  writeFileSync(join(folder, 'extensions', 'routes', 'authorise.ts'), AUTHORISE_ROUTE)
  const settings = readFileSync(join(template, 'authstack.config.ts'), 'utf8')
  const unlimited = settings.replace('captcha: null,', `captcha: null, ${REQUESTS}`)
  if (unlimited === settings) throw new Error('authstack.config.ts has no "captcha: null,"')
  writeFileSync(join(folder, 'authstack.config.ts'), unlimited)

  const { ports, publicUrl, project, environment } = JSON.parse(
    readFileSync(join(state, 'instance.json'), 'utf8'),
  )
  const url = `http://127.0.0.1:${port}`
  const program = await startProgram(['src/main.ts'], {
    cwd: folder,
    env: {
      AUTHSTACK_PROJECT: project,
      AUTHSTACK_ENVIRONMENT: environment,
      AUTHSTACK_LISTEN: `127.0.0.1:${port}`,
      AUTHSTACK_PUBLIC_URL: publicUrl,
      AUTHSTACK_KEYCLOAK_URL: `http://127.0.0.1:${ports.keycloak}`,
      AUTHSTACK_PG_HOST: '127.0.0.1',
      AUTHSTACK_PG_PORT: String(ports.postgres),
      AUTHSTACK_REDIS_URL: `redis://127.0.0.1:${ports.redis}`,
      AUTHSTACK_SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
      CREDENTIALS_DIRECTORY: credentials,
    },
    isReady: async () => (await fetch(`${url}/livez`).catch(() => null))?.ok === true,
  })
  return { ...program, url }
}
