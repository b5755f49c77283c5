import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { Mode } from './db/mode.ts'
import type { Database } from './db/open-database.ts'
import type { Env } from './env.ts'
import type { Hooks } from './extensions.ts'
import type { Limits } from './http/rate-limit.ts'
import type { Keycloak } from './keycloak/keycloak.ts'
import type { Settings } from './settings.ts'

/** What every request may use. Made once in `main.ts`; tests make their own. */
export interface Services {
  env: Env
  /** The 32-byte root of derived secrets and envelopes. */
  masterKey: Buffer
  settings: Settings
  log: Logger
  db: Database
  keycloak: Keycloak
  redis: Redis
  limits: Limits
  hooks: Hooks
  /** Publishable keys that the hosted pages carry; made when first asked for. */
  pagesKeys: () => Promise<Record<Mode, string>>
}
