import { openAccess } from './access/access.ts'
import { openForeignOrganizations } from './alerts/foreign-organizations.ts'
import { openAudit } from './audit/audit.ts'
import { openDatabase } from './db/open-database.ts'
import { openDns } from './dns.ts'
import { type Env, masterKey } from './env.ts'
import type { Hooks } from './extensions.ts'
import { openLimits } from './http/rate-limit.ts'
import { openKeycloak } from './keycloak/keycloak.ts'
import type { Logs } from './log.ts'
import { openMetrics } from './metrics/metrics.ts'
import { openPagesKeys } from './pages/ensure-pages-key.ts'
import { openRedis } from './redis.ts'
import type { Services } from './services.ts'
import { loadSettings } from './settings.ts'
import { openStripe } from './subscriptions/stripe.ts'

/** Opens every door. Nothing waits for a part to be up: each request says so if one is not. */
export async function openServices(
  env: Env,
  logs: Logs,
  hooks: Hooks,
  isTraced = false,
): Promise<Services> {
  const { log } = logs
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
  const keycloak = await openKeycloak(env, db)
  const access = openAccess({ db, settings, keycloak })
  return {
    env,
    masterKey: root,
    settings,
    log,
    db,
    access,
    metrics: openMetrics({ db, access }),
    logs,
    isTraced,
    alerts: openForeignOrganizations({ db, settings, masterKey: root, log }),
    audit: openAudit({ env, db, masterKey: root, log }),
    keycloak,
    dns: openDns(env.dnsServers),
    redis,
    limits: openLimits(redis, settings, `${env.project}:${env.environment}`),
    stripe: await openStripe(env, settings),
    hooks,
    pagesKeys: openPagesKeys({ db, masterKey: root, env }),
  }
}
