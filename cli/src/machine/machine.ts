import type { Manifest } from '../release/manifest.ts'
import type { HistoryEntry, InstanceFile } from '../state/instance.ts'
import type { Colour } from '../state/state-paths.ts'

/** A part of an instance; the two colours are the API's. */
export const partNames = ['front', 'api', 'keycloak', 'postgres', 'redis', 'mailbox'] as const
export type PartName = (typeof partNames)[number]

/** One entry point of a release that runs to its end. */
export type TaskName = 'bootstrap-database' | 'bootstrap-keycloak' | 'migrate' | 'reconcile'

export type PartState = {
  name: PartName
  isUp: boolean
  /** Why it counts as down although its process lives: "does not answer". */
  problem: string | null
  pid: number | null
  port: number | null
  /** Of the process and its descendants; what they share counts once where the system tells. */
  memoryBytes: number | null
  /** ISO 8601. */
  startedAt: string | null
}

/** What has to happen to a service, and why. `wait`: it lives but does not answer (yet). */
export type ServicePlan = {
  name: PartName
  action: 'start' | 'restart' | 'wait' | 'keep'
  why: string
}

/** What a failed task said. */
export type TaskResult = { stdout: string }

/** How a step tells what it is doing: "3/12", "downloading 40 %". */
export type OnProgress = (detail: string) => void

/**
 * The machine an instance lives on, as deploy and rollback see it. Door `local` (child processes on
 * this computer) is in src/local; door `ssh` (Debian, systemd) comes with its own target. It says
 * what is to be true on the machine, never by which pid or unit.
 */
export type Machine = {
  readonly target: 'local' | 'ssh'
  /** Everything that must hold before anything is made; empty when all is well. Changes nothing. */
  inspect: () => Promise<Problem[]>
  /** What `startServices` would do for this release's folder. Changes nothing. */
  planServices: (sourceFolder: string) => Promise<ServicePlan[]>
  /** One deploy at a time. Throws `locked` (exit 7) while another one lives. */
  lock: (command: string) => Promise<() => Promise<void>>
  /** Makes what exists once: ports, secrets, folders. Idempotent. */
  prepare: () => Promise<void>
  /** Kept facts of the instance; only after `prepare`. */
  instance: () => InstanceFile
  /** The finished release of this version, or null. */
  readRelease: (version: string) => Manifest | null
  /** Where a release lies on the machine; for `startService`. */
  releaseFolder: (version: string) => string
  listReleases: () => string[]
  /** Whether the very first bootstrap of databases and realms was finished. */
  isBootstrapped: (what: 'database' | 'keycloak') => boolean
  markBootstrapped: (what: 'database' | 'keycloak') => void
  /** Folder of all releases: the packager writes there, the machine reads. */
  readonly releasesFolder: string
  /** Begins what Keycloak needs once per provider set and no running service; `ready` waits. */
  buildKeycloak: (sourceFolder: string) => { ready: (onProgress: OnProgress) => Promise<void> }
  /** Starts one service of a release's folder when it is not up, and waits until it is ready. */
  startService: (
    name: Exclude<PartName, 'api'>,
    sourceFolder: string,
    onProgress: OnProgress,
  ) => Promise<'started' | 'restarted' | 'kept'>
  /** Runs an entry point of a release. Throws with its last lines when it fails. */
  runTask: (
    version: string,
    task: TaskName,
    args?: string[],
    /** `mustFinish`: also after Ctrl-C, because it undoes something. */
    options?: { mustFinish?: boolean },
  ) => Promise<TaskResult>
  /** The colour that serves, by the symlink alone; null before the first flip. */
  liveColour: () => Colour | null
  /** Version that a colour was last started with (`dev`: the working tree), running or not. */
  recordedVersion: (colour: Colour) => string | null
  /** True when the colour runs this version with today's addresses and secrets. */
  isCurrent: (colour: Colour, version: string) => boolean
  /** Starts a release on a colour and waits until it is ready and passes the smoke test. */
  startColour: (colour: Colour, version: string) => Promise<void>
  /** Drains (SIGTERM) and ends. */
  stopColour: (colour: Colour) => Promise<void>
  /** The one atomic act of a deploy. */
  flip: (colour: Colour) => void
  /** True while the public door answers through the live colour. */
  isServing: () => Promise<boolean>
  readHistory: () => HistoryEntry[]
  appendHistory: (entry: HistoryEntry) => void
  pruneReleases: (inUse: string[]) => string[]
  /** Small notes on the machine that outlive a crash; `write` answers the note's path there. */
  notes: {
    write: (name: string, text: string) => string
    read: (name: string) => string | null
    remove: (name: string) => void
  }
  /** State of every part, asked now. */
  parts: () => Promise<PartState[]>
}

/** One thing that preflight found; all of them are shown at once. */
export type Problem = { code: string; what: string; next: string }
