import { createConnection } from 'node:net'
import { z } from 'zod'
import { modes } from '../db/mode.ts'
import { isUp } from '../health/health.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { mailDestination } from '../mail/open-provider.ts'
import type { Services } from '../services.ts'
import { modeQuery } from './mode-query.ts'

const part = z.enum(['up', 'down'])

const statusShape = z.object({
  version: z.string(),
  database: part,
  redis: part,
  keycloak: part,
  mail: part,
  uptimeSeconds: z.number().int(),
  /** Of both modes together: each has a realm. Null while the database is down. */
  organizations: z.object({ count: z.number().int(), max: z.number().int() }).nullable(),
})

export const getStatus = defineAction<OperatorContext>()({
  id: 'getStatus',
  summary: 'Version, which parts answer, and how full the instance is',
  query: modeQuery,
  output: statusShape,
  async run({ services }) {
    const { db, redis, keycloak, env } = services
    const answers = await Promise.all([
      isUp(db.ping()),
      isUp(redis.ping()),
      isUp(keycloak.ping()),
      isUp(connect(mailDestination(services))),
    ])
    const [database, cache, identity, mail] = answers.map((up) => (up ? 'up' : 'down'))
    return {
      version: env.version,
      database,
      redis: cache,
      keycloak: identity,
      mail,
      uptimeSeconds: Math.floor(process.uptime()),
      organizations: await countOrganizations(services).catch(() => null),
    } as z.input<typeof statusShape>
  },
})

/** As the instance's own limit counts them: also those that are being made or wait for their purge. */
async function countOrganizations({ db, settings }: Pick<Services, 'db' | 'settings'>) {
  const counters = await Promise.all(
    modes.map((mode) =>
      db.hubQuery(mode)('instance_counters').where('name', 'organizations').first('value'),
    ),
  )
  const count = counters.reduce((sum, row) => sum + Number(row?.value ?? 0), 0)
  return { count, max: settings.organizations.max }
}

function connect(to: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(to)
    socket.setTimeout(2000, () => socket.destroy(new Error('timeout')))
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
  })
}
