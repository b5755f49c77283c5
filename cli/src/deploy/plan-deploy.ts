import type { Machine, ServicePlan } from '../machine/machine.ts'
import type { GitState } from '../release/git-state.ts'
import { liveEntry } from '../release/history.ts'
import { hasModules, modulesKey } from '../release/install-modules.ts'
import { type Changes, compareFiles } from '../release/manifest.ts'
import type { Snapshot } from '../release/package-release.ts'
import { nextVersion } from '../release/version.ts'

/** What a deploy would do, as data: `--dry-run` prints it, `deploy` walks it. */
export type DeployPlan = {
  environment: string
  target: 'local' | 'ssh'
  /** Version that serves now; null before the first deploy. */
  from: string | null
  /** Version that will serve; equal to `from` when nothing changed. */
  to: string
  isNewVersion: boolean
  git: GitState | null
  /** By file, against the version that serves; null for the first. */
  changes: Changes | null
  /** Migrations of the project's own that the new version adds. */
  newMigrations: string[]
  /** False: `npm ci` runs and needs the network. */
  hasModules: boolean
  services: ServicePlan[]
  /** What brings the API up although no version is made; null when it serves. */
  api: 'start' | 'keep'
}

/** Compares the working tree with what serves. Changes nothing. */
export async function planDeploy(options: {
  machine: Machine
  project: string
  environment: string
  cacheRoot: string
  snapshot: Snapshot
  git: GitState | null
}): Promise<DeployPlan> {
  const { machine, project, snapshot } = options
  const history = machine.readHistory()
  const from = liveEntry(history)?.version ?? null
  const live = from ? machine.readRelease(from) : null
  const isNewVersion = live?.sourceDigest !== snapshot.sourceDigest
  const changes = live ? compareFiles(live.files, snapshot.files) : null
  const key = modulesKey(project)
  const colour = machine.liveColour()
  return {
    environment: options.environment,
    target: machine.target,
    from,
    to: isNewVersion || !from ? nextVersion(history.map(({ version }) => version)) : from,
    isNewVersion,
    git: options.git,
    changes,
    newMigrations: changes ? changes.added.filter(isMigration) : [],
    hasModules: key === null || hasModules(options.cacheRoot, key),
    services: await machine.planServices(project),
    api: colour && from && isKept(machine, from) ? 'keep' : 'start',
  }
}

function isKept(machine: Machine, version: string): boolean {
  const colour = machine.liveColour()
  return colour !== null && machine.isCurrent(colour, version)
}

function isMigration(path: string): boolean {
  return /^(?:extensions|src\/db)\/migrations\/[^/]+\.ts$/.test(path) && !path.includes('.test.')
}
