import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Mode } from '../../../src/db/mode.ts'
import { generateKey, hashKey } from '../../../src/keys/key-format.ts'

/**
 * Puts rows where no route would: a suspended member, a session of an organization's SSO, a role
 * without one permission. Everything else a world of tests gets through the API.
 */
export interface Rows {
  query(sql: string, values?: unknown[]): Promise<pg.QueryResult>
  transaction(fn: (query: Rows['query']) => Promise<void>): Promise<void>
  person(name: string, email?: string): Promise<string>
  session(userId: string, options?: { scope?: string; minutesOld?: number }): Promise<string>
  key(options?: {
    kind?: 'native' | 'browser' | 'secret'
    origins?: string[]
    scopes?: string[]
    redirectUris?: string[]
    isRevoked?: boolean
    isExpired?: boolean
  }): Promise<string>
  role(organizationId: string, slug: string, permissions: string[]): Promise<string>
  member(organizationId: string, userId: string, roleId: string, status?: string): Promise<void>
  close(): Promise<void>
}

export async function openRows(superuserUrl: string, mode: Mode): Promise<Rows> {
  const url = new URL(superuserUrl)
  url.pathname = `/authstack_${mode}`
  const client = new pg.Pool({ connectionString: url.href, max: 2 })
  const query = (sql: string, values: unknown[] = []) => client.query(sql, values)
  return {
    query,
    async transaction(fn) {
      const own = await client.connect()
      try {
        await own.query('begin')
        await fn((sql, values = []) => own.query(sql, values))
        await own.query('commit')
      } catch (error) {
        await own.query('rollback')
        throw error
      } finally {
        own.release()
      }
    },
    async person(name, email = `${name}-${randomUUID()}@example.com`) {
      const { rows } = await query(
        `insert into users (email, state, email_verified_at, first_name)
         values (lower($1), 'active', now(), $2) returning id`,
        [email, name],
      )
      return rows[0].id
    },
    async session(userId, { scope = 'hub', minutesOld = 0 } = {}) {
      const { rows } = await query(
        `insert into sessions (user_id, key_id, scope, amr, auth_time, expires_at)
         values ($1, 'denial00', $2, '{pwd}', now() - make_interval(mins => $3), now() + interval '1 day')
         returning id`,
        [userId, scope, minutesOld],
      )
      await query(`insert into refresh_tokens (session_id, token_hash) values ($1, $2)`, [
        rows[0].id,
        hashKey(randomUUID()),
      ])
      return rows[0].id
    },
    async key({
      kind = 'native',
      origins = [],
      scopes = [],
      redirectUris = [],
      isRevoked,
      isExpired,
    } = {}) {
      const { id, key } = generateKey(kind === 'secret', mode)
      await query(
        `insert into api_keys (id, kind, name, key_hash, origins, session_delivery, scopes, revoked_at, expires_at, redirect_uris)
         values ($1, $2, 'denial matrix', $3, $4, $5, $6, $7, $8, $9)`,
        [
          id,
          kind,
          hashKey(key),
          origins,
          kind === 'secret' ? null : 'body',
          scopes,
          isRevoked ? new Date() : null,
          isExpired ? new Date(Date.now() - 1000) : null,
          redirectUris,
        ],
      )
      return key
    },
    async role(organizationId, slug, permissions) {
      const { rows } = await query(
        `insert into roles (tenant_id, slug, name, permissions) values ($1, $2, $2, $3) returning id`,
        [organizationId, slug, permissions],
      )
      return rows[0].id
    },
    async member(organizationId, userId, roleId, status = 'active') {
      await query(
        `insert into memberships (tenant_id, user_id, role_id, status) values ($1, $2, $3, $4)`,
        [organizationId, userId, roleId, status],
      )
    },
    close: () => client.end(),
  }
}
