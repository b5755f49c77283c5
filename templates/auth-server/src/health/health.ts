import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { PublicContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { isDraining } from './draining.ts'

const PART_MILLISECONDS = 2000

/** The process runs. Restarting helps when this fails, and only then; so it asks nobody else. */
export const livez = defineAction<PublicContext>()({
  id: 'livez',
  summary: 'The process runs',
  output: z.object({ status: z.literal('ok') }),
  async run() {
    return { status: 'ok' as const }
  },
})

/** Requests can be served: PostgreSQL and Keycloak answer. Redis is not needed for that. */
export const readyz = defineAction<PublicContext>()({
  id: 'readyz',
  summary: 'Requests can be served',
  output: z.object({ status: z.literal('ok'), version: z.string() }),
  async run({ services }) {
    const { db, keycloak, env } = services
    if (isDraining()) throw new Problem('unavailable', { retryAfterSeconds: 1 })
    const [database, identity] = await Promise.all([isUp(db.ping()), isUp(keycloak.ping())])
    if (!database || !identity) {
      throw new Problem('unavailable', {
        detail: 'A part of the service is down.',
        retryAfterSeconds: 2,
      })
    }
    return { status: 'ok' as const, version: env.version }
  },
})

/** Whether a part answered in time. */
export async function isUp(asked: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, PART_MILLISECONDS, false)
  })
  try {
    return await Promise.race([asked.then(() => true), late])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}
