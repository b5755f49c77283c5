import { randomUUID } from 'node:crypto'
import pino from 'pino'
import type { Mode } from '../../src/db/mode.ts'
import { type Database, openDatabase } from '../../src/db/open-database.ts'
import type { MemberContext, UserContext } from '../../src/http/context.ts'
import { findMembership } from '../../src/members/find-membership.ts'
import { createOrganization } from '../../src/organizations/create-organization.ts'
import type { Services } from '../../src/services.ts'
import { parseSettings } from '../../src/settings.ts'
import { createScratchDatabase } from './scratch-database.ts'

/** Everything the tenant half needs, on a real PostgreSQL; Keycloak is a door that counts its calls. */
export interface TenantWorld {
  services: Services
  db: Database
  keycloak: KeycloakDouble
  databaseName: string
  newUser(options?: { isVerified?: boolean }): Promise<{ id: string; email: string }>
  /** `key` is sent as the Idempotency-Key. */
  newOrganization(
    userId: string,
    body?: { name?: string; slug?: string },
    key?: string,
  ): Promise<string>
  user(userId: string): UserContext
  member(userId: string, organizationId: string): Promise<MemberContext>
  close(): Promise<void>
}

/** Stands at the door to Keycloak. `fail` names the call that must fail. */
export interface KeycloakDouble {
  calls: string[]
  fail: string | null
  realms: Set<string>
  enabled: Set<string>
}

export const mode: Mode = 'live'

export async function openTenantWorld(
  superuserUrl: string,
  changes: Record<string, unknown> = {},
): Promise<TenantWorld> {
  const scratch = await createScratchDatabase(superuserUrl)
  const url = new URL(scratch.url)
  const db = openDatabase({
    host: url.hostname,
    port: Number(url.port),
    passwords: { tenant: '', hub: '', operator: '' },
    // The superuser becomes the role when it connects: the rights are the role's own.
    connect: (_mode, role) => ({
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: scratch.name,
      options: `-c role=authstack_${role} -c statement_timeout=20000`,
    }),
    acquireTimeoutMs: 20_000,
  })
  const keycloak: KeycloakDouble = { calls: [], fail: null, realms: new Set(), enabled: new Set() }
  const services = {
    db,
    settings: parseSettings({ ...settings, ...changes }),
    log: pino({ level: 'silent' }),
    masterKey: Buffer.alloc(32, 7),
    limits: { spend: async () => {} },
    hooks: {},
    keycloak: doorOf(keycloak),
  } as unknown as Services

  const user = (userId: string) =>
    ({
      services,
      mode,
      userId,
      requestId: 'test',
      ip: '127.0.0.1',
      header: () => null,
    }) as unknown as UserContext
  const world: TenantWorld = {
    services,
    db,
    keycloak,
    databaseName: scratch.name,
    async newUser({ isVerified = true } = {}) {
      const id = randomUUID()
      const email = `${id}@example.com`
      await db
        .hubQuery(mode)('users')
        .insert({
          id,
          email,
          state: 'active',
          email_verified_at: isVerified ? new Date() : null,
        })
      return { id, email }
    },
    async newOrganization(userId, body = {}, key) {
      const input = { params: undefined, query: undefined, body: { name: 'Acme', ...body } }
      const context = { ...user(userId), header: () => key ?? null }
      return (await createOrganization.run(context, input)).id
    },
    user,
    async member(userId, organizationId) {
      const membership = await findMembership(services, mode, userId, organizationId)
      if (!membership) throw new Error('no member')
      return { ...user(userId), organizationId, ...membership } as unknown as MemberContext
    },
    async close() {
      await db.close()
      await scratch.drop()
    },
  }
  return world
}

function doorOf(double: KeycloakDouble) {
  const call = (name: string, then: () => void) => async () => {
    double.calls.push(name)
    if (double.fail === name) throw new Error(`Keycloak is away (${name})`)
    then()
  }
  const shadow = (organizationId: string, userId: string) => `${organizationId}/${userId}`
  return {
    realms: {
      createOrganizationRealm: async (_mode: Mode, id: string) => {
        await call('createRealm', () => double.realms.add(id))()
        return { issuer: `https://issuer.example/${id}`, templateHash: 'hash' }
      },
      templateHash: 'hash',
      bringToTemplate: async (_mode: Mode, _id: string) => {
        await call('bringToTemplate', () => {})()
        return 'hash'
      },
      deleteOrganizationRealm: (_mode: Mode, id: string) =>
        call('deleteRealm', () => double.realms.delete(id))(),
    },
    users: {
      ensureShadowUser: (_mode: Mode, id: string, userId: string) =>
        call('ensureShadow', () => double.enabled.add(shadow(id, userId)))(),
      disableShadowUser: (_mode: Mode, id: string, userId: string) =>
        call('disableShadow', () => double.enabled.delete(shadow(id, userId)))(),
    },
  }
}

const settings = {
  project: 'acme-auth',
  name: 'Acme',
  theme: { primaryColor: '#4f46e5', fontFamily: 'system', radius: '8px', darkMode: 'system' },
  logo: null,
  locales: ['en'],
  signup: { enabled: true, emailVerification: 'required', fields: [] },
  signIn: { password: true, magicLink: false, emailCode: false, passkeys: false, social: [] },
  passwordPolicy: { minLength: 12 },
  session: { refreshDays: 30, idleMinutes: null },
  security: { loginThrottle: { attempts: 5, windowMinutes: 15 }, captcha: null, ipAllowlist: [] },
  permissions: [{ name: 'projects:view', description: 'See projects' }],
  roles: { admin: ['members:*'], member: ['projects:view'], viewer: ['projects:view'] },
  plans: [{ id: 'free', name: 'Free', priceMonthly: 0, limits: { members: 4 }, features: [] }],
  organizations: { max: 1000, perUserMax: 3, perHourMax: 1000 },
  allowedOrigins: [],
  redirectUris: [],
  webhooks: [],
  environments: { local: { target: 'local' } },
}
