import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** One person that the demo seeded. */
export type SeededUser = {
  email: string
  password: string
  organizations: { id: string; slug: string; role: string }[]
}

/**
 * The running instance under test: the object that `bin/demo --json` prints.
 * `state` (the environment's folder of the local deploy) is found by its public URL when it is not given.
 */
export type Instance = {
  api: string
  pages: string
  app: string
  mailbox: string
  liveKey: string
  testKey: string
  nativeKey: string
  project: string
  users: SeededUser[]
  state?: string
  keycloak?: string
  operatorSocket?: string
}

let cached: Instance | undefined

/** Reads the file named by AUTHSTACK_TEST_INSTANCE once. Throws when it is unset: no suite passes without a target. */
export function instance(): Instance {
  if (cached) return cached
  const file = process.env.AUTHSTACK_TEST_INSTANCE
  if (!file) {
    throw new Error(
      'Set AUTHSTACK_TEST_INSTANCE to a file that holds what `bin/demo --json` printed',
    )
  }
  const read = JSON.parse(readFileSync(file, 'utf8')) as Instance
  for (const name of ['api', 'app', 'mailbox', 'liveKey', 'testKey', 'nativeKey'] as const) {
    if (typeof read[name] !== 'string') throw new Error(`${file} has no "${name}"`)
  }
  cached = {
    ...read,
    api: read.api.replace(/\/(api\/v1\/?)?$/, ''),
    app: read.app.replace(/\/$/, ''),
    mailbox: read.mailbox.replace(/\/$/, ''),
  }
  return cached
}

/** From now on this process tests another instance (a project that the CLI suite deployed itself). */
export function useInstance(other: Instance): void {
  cached = other
}

/** The folder of the local deploy that serves this instance: credentials, sockets, logs. */
export function stateFolder(): string {
  const { state, api } = instance()
  if (state) return state
  for (const root of stateRoots()) {
    if (!existsSync(root)) continue
    for (const project of readdirSync(root)) {
      const folder = join(root, project, 'local')
      const record = join(folder, 'instance.json')
      if (!existsSync(record)) continue
      if (JSON.parse(readFileSync(record, 'utf8')).publicUrl === api) return folder
    }
  }
  throw new Error(`No local deploy with the address ${api} in ${stateRoots().join(', ')}`)
}

/** Loopback base of the instance's Keycloak, past the front. */
export function keycloakUrl(): string {
  const given = instance().keycloak
  if (given) return given
  const record = JSON.parse(readFileSync(join(stateFolder(), 'instance.json'), 'utf8'))
  return `http://127.0.0.1:${record.ports.keycloak}`
}

/** Content of one file of the instance's credentials folder. */
export function credential(name: string): string {
  return readFileSync(join(credentialsFolder(), name), 'utf8').trim()
}

/** The instance's credentials folder. */
export function credentialsFolder(): string {
  return join(stateFolder(), 'credentials')
}

function stateRoots(): string[] {
  if (process.env.AUTHSTACK_HOME) return [process.env.AUTHSTACK_HOME]
  const data = process.env.XDG_DATA_HOME ?? join(homedir(), '.local/share')
  return ['/var/lib/authstack', join(data, 'authstack')]
}
