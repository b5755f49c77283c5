import pg from 'pg'
import { databaseNames, modes } from './mode.ts'

/** Login roles of the instance. `authstack_definer` owns the definer functions and cannot log in. */
const loginRoles = [
  'authstack_owner',
  'authstack_tenant',
  'authstack_hub',
  'authstack_operator',
  'keycloak',
] as const

export type LoginRole = (typeof loginRoles)[number]

/**
 * Makes roles and databases in a cluster; running it again changes nothing but the passwords.
 * @param superuserUrl connection of a superuser to any database of the cluster
 * @param passwords of the login roles
 */
export async function bootstrapCluster(
  superuserUrl: string,
  passwords: Record<LoginRole, string>,
): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    await ensureRoles(client)
    for (const role of loginRoles) {
      await client.query(
        `alter role ${role} login password ${client.escapeLiteral(passwords[role])}`,
      )
    }
    await ensureDatabase(client, 'keycloak', 'keycloak')
    for (const mode of modes) await ensureDatabase(client, databaseNames[mode], 'authstack_owner')
  })
  for (const mode of modes) await prepareDatabase(superuserUrl, databaseNames[mode])
}

/** Creates the roles that are missing, without passwords (the tests use only this). */
export async function ensureRoles(client: pg.Client): Promise<void> {
  for (const role of [...loginRoles, 'authstack_definer']) {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role])
    if (!rowCount)
      await client.query(`create role ${role} nologin nosuperuser nocreatedb nocreaterole`)
  }
  // BYPASSRLS sits on a role that nobody can log in as. The owner may become it to create the
  // functions, and does not inherit it.
  await client.query('alter role authstack_definer nologin bypassrls')
  await client.query('grant authstack_definer to authstack_owner with inherit false, set true')
}

/** Creates a database that only its owner and, in ours, the instance's roles may enter. */
export async function ensureDatabase(
  client: pg.Client,
  name: string,
  owner: string,
): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
  if (!rowCount) {
    await client.query(
      `create database ${client.escapeIdentifier(name)} owner ${owner} encoding 'UTF8' template template0`,
    )
  }
  await client.query(`revoke all on database ${client.escapeIdentifier(name)} from public`)
}

/** Rights inside one of our databases that a superuser has to give. */
export async function prepareDatabase(superuserUrl: string, name: string): Promise<void> {
  const url = new URL(superuserUrl)
  url.pathname = `/${name}`
  await withClient(url.href, async (client) => {
    await client.query(`
      grant connect on database ${client.escapeIdentifier(name)}
        to authstack_tenant, authstack_hub, authstack_operator;
      revoke all on schema public from public;
      grant usage on schema public
        to authstack_tenant, authstack_hub, authstack_operator, authstack_definer;
      create schema if not exists definer authorization authstack_definer;
      grant usage on schema definer
        to authstack_owner, authstack_tenant, authstack_hub, authstack_operator;
    `)
  })
}

async function withClient(url: string, fn: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await fn(client)
  } finally {
    await client.end()
  }
}
