import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What suites on the same machine may know of an instance beside its public addresses. */
export type InstanceFacts = {
  publicUrl: string
  /** Loopback address of Keycloak. */
  keycloak: string
  /** The folder of its secrets. */
  credentials: string
  operatorSocket?: string
  /** The server's database suites make scratch databases with it; without it they skip themselves. */
  pgSuperuserUrl: string
}

/** Reads them from the folder of a local deploy. */
export function instanceFacts(state: string): InstanceFacts {
  const { publicUrl, ports } = JSON.parse(readFileSync(join(state, 'instance.json'), 'utf8'))
  const credentials = join(state, 'credentials')
  const password = readFileSync(join(credentials, 'db-superuser'), 'utf8').trim()
  const operatorSocket = ['operator-a.sock', 'operator-b.sock']
    .map((name) => join(state, name))
    .find((path) => existsSync(path))
  return {
    publicUrl,
    keycloak: `http://127.0.0.1:${ports.keycloak}`,
    credentials,
    ...(operatorSocket ? { operatorSocket } : {}),
    pgSuperuserUrl: `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${ports.postgres}/postgres`,
  }
}
