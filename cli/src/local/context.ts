import type { InstanceFile } from '../state/instance.ts'
import type { StatePaths } from '../state/state-paths.ts'

/** What the local door needs to know of one project and environment. */
export type LocalContext = {
  projectId: string
  /** Slug of the settings. */
  project: string
  environment: string
  projectFolder: string
  paths: StatePaths
  stateRoot: string
  cacheRoot: string
  /** Front port that the settings demand; null lets us choose. */
  fixedPort: number | null
  /** Sender of the instance's mails. */
  mailFrom: string
  /** Name for lock and history. */
  owner: string
  signal?: AbortSignal
}

/** A context together with the instance's kept facts, after `prepareInstance`. */
export type ReadyContext = LocalContext & { instance: InstanceFile }
