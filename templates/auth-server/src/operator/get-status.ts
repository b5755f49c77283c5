import { createConnection } from 'node:net'
import { z } from 'zod'
import { isUp } from '../health/health.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { modeQuery } from './mode-query.ts'

const part = z.enum(['up', 'down'])

export const getStatus = defineAction<OperatorContext>()({
  id: 'getStatus',
  summary: 'Version, and which parts answer',
  query: modeQuery,
  output: z.object({
    version: z.string(),
    database: part,
    redis: part,
    keycloak: part,
    mail: part,
    uptimeSeconds: z.number().int(),
  }),
  async run({ services }) {
    const { db, redis, keycloak, env } = services
    const answers = await Promise.all([
      isUp(db.ping()),
      isUp(redis.ping()),
      isUp(keycloak.ping()),
      isUp(connect(new URL(env.smtpUrl))),
    ])
    const [database, cache, identity, mail] = answers.map((up) => (up ? 'up' : 'down'))
    return {
      version: env.version,
      database,
      redis: cache,
      keycloak: identity,
      mail,
      uptimeSeconds: Math.floor(process.uptime()),
    } as { version: string } & Record<'database' | 'redis' | 'keycloak' | 'mail', 'up' | 'down'> & {
        uptimeSeconds: number
      }
  },
})

function connect(url: URL): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: url.hostname, port: Number(url.port || 25) })
    socket.setTimeout(2000, () => socket.destroy(new Error('timeout')))
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
  })
}
