import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { Access } from './access/access.ts'
import type { ForeignOrganizations } from './alerts/foreign-organizations.ts'
import type { Audit } from './audit/audit.ts'
import type { Mode } from './db/mode.ts'
import type { Database } from './db/open-database.ts'
import type { Dns } from './dns.ts'
import type { Env } from './env.ts'
import type { Hooks } from './extensions.ts'
import type { Limits } from './http/rate-limit.ts'
import type { Keycloak } from './keycloak/keycloak.ts'
import type { Logs } from './log.ts'
import type { Metrics } from './metrics/metrics.ts'
import type { Settings } from './settings.ts'
import type { StripeDoor } from './subscriptions/stripe.ts'

/** What every request may use. Made once in `main.ts`; tests make their own. */
export interface Services {
  env: Env
  /** The 32-byte root of derived secrets and envelopes. */
  masterKey: Buffer
  settings: Settings
  log: Logger
  logs: Logs
  metrics: Metrics
  /** The project has an `extensions/telemetry.ts`: requests make spans. */
  isTraced: boolean
  db: Database
  /** Keys, sessions, tokens and memberships as requests ask for them: remembered, and forgotten in time. */
  access: Access
  /** The key and the file that the audit trail has outside the database. */
  audit: Audit
  /** Counts masked 404s, for the alert on cross-tenant attempts. */
  alerts: ForeignOrganizations
  keycloak: Keycloak
  dns: Dns
  redis: Redis
  limits: Limits
  /** Null when the project takes no payments. */
  stripe: StripeDoor | null
  hooks: Hooks
  /** Publishable keys that the hosted pages carry; made when first asked for. */
  pagesKeys: () => Promise<Record<Mode, string>>
}
