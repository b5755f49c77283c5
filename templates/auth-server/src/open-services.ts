import type { Logger } from 'pino'
import { openDatabase } from './db/open-database.ts'
import { type Env, masterKey } from './env.ts'
import type { Hooks } from './extensions.ts'
import { openLimits } from './http/rate-limit.ts'
import { openKeycloak } from './keycloak/keycloak.ts'
import { openPagesKeys } from './pages/ensure-pages-key.ts'
import { openRedis } from './redis.ts'
import type { Services } from './services.ts'
import { loadSettings } from './settings.ts'

/** Opens every door. Nothing waits for a part to be up: each request says so if one is not. */
export async function openServices(env: Env, log: Logger, hooks: Hooks): Promise<Services> {
  const settings = await loadSettings()
  const db = openDatabase({
    host: env.postgres.host,
    port: env.postgres.port,
    warn: (message) => log.warn(message),
    passwords: {
      tenant: env.credential('db-tenant'),
      hub: env.credential('db-hub'),
      operator: env.credential('db-operator'),
    },
  })
  const redis = openRedis(env.redisUrl, log)
  const root = masterKey(env)
  return {
    env,
    masterKey: root,
    settings,
    log,
    db,
    keycloak: await openKeycloak(env, db),
    redis,
    limits: openLimits(redis, settings, `${env.project}:${env.environment}`),
    hooks,
    pagesKeys: openPagesKeys({ db, masterKey: root, env }),
  }
}
