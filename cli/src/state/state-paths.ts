import { homedir } from 'node:os'
import { join } from 'node:path'

/** Absolute paths of everything one instance keeps on this computer. */
export type StatePaths = {
  /** `<root>/<projectId>/<env>`; everything below lies in it. */
  folder: string
  instanceFile: string
  releases: string
  historyFile: string
  /** What `proper-lockfile` locks. */
  lock: string
  run: string
  logs: string
  data: string
  /** 0700; handed to the server as CREDENTIALS_DIRECTORY. */
  credentials: string
  secretsFile: string
  /** Symlink to the live colour's socket: the only record of what is live. */
  liveSocket: string
}

/** The folder that holds the state of every project of this user. */
export function stateRoot(env: NodeJS.ProcessEnv = process.env): string {
  if (env.AUTHSTACK_HOME) return env.AUTHSTACK_HOME
  if (isRoot()) return '/var/lib/authstack'
  return join(env.XDG_DATA_HOME || join(homedir(), '.local/share'), 'authstack')
}

/** The folder of what may be deleted at any time: Keycloak downloads, node_modules by lockfile. */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  if (env.AUTHSTACK_CACHE) return env.AUTHSTACK_CACHE
  if (isRoot()) return '/var/cache/authstack'
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'authstack')
}

/** Where the instance of `projectId` in `environment` keeps its state. Makes nothing. */
export function statePaths(projectId: string, environment: string, root = stateRoot()): StatePaths {
  const folder = join(root, projectId, environment)
  const credentials = join(folder, 'credentials')
  return {
    folder,
    instanceFile: join(folder, 'instance.json'),
    releases: join(folder, 'releases'),
    historyFile: join(folder, 'history.json'),
    lock: join(folder, 'lock'),
    run: join(folder, 'run'),
    logs: join(folder, 'logs'),
    data: join(folder, 'data'),
    credentials,
    secretsFile: join(credentials, 'secrets.json'),
    liveSocket: join(folder, 'live.sock'),
  }
}

/** The operator socket of one colour. */
export function operatorSocket(paths: StatePaths, colour: Colour): string {
  return join(paths.folder, `operator-${colour}.sock`)
}

/** Two API processes take turns: one serves while the other starts. */
export type Colour = 'a' | 'b'

function isRoot(): boolean {
  return process.getuid?.() === 0
}
