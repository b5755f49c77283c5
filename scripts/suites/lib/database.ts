import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { credential, stateFolder } from './instance.ts'

const template = new URL('../../../templates/auth-server/package.json', import.meta.url)

/**
 * Runs one statement as a database role, for what no route can bring about (time passing)
 * or show (how a password is stored). The driver is the auth server's own. `tenant` is the
 * organization whose rows row-level security shows.
 */
export async function query(
  database: string,
  role: 'owner' | 'keycloak',
  sql: string,
  values: unknown[] = [],
  tenant = '',
): Promise<Record<string, unknown>[]> {
  const { Client } = createRequire(template)('pg')
  const record = JSON.parse(readFileSync(join(stateFolder(), 'instance.json'), 'utf8'))
  const client = new Client({
    host: '127.0.0.1',
    port: record.ports.postgres,
    user: role === 'keycloak' ? 'keycloak' : 'authstack_owner',
    password: credential(role === 'keycloak' ? 'db-keycloak' : 'db-owner'),
    database,
  })
  await client.connect()
  try {
    await client.query(`select set_config('app.tenant', $1, false)`, [tenant])
    return (await client.query(sql, values)).rows
  } finally {
    await client.end()
  }
}
