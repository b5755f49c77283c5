import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../errors.ts'
import { isPortFree } from '../local/claim-ports.ts'
import { isRunning, listRecords, removeRecord } from '../local/process-record.ts'
import { isStale, readLock } from '../machine/lock.ts'
import { findEnvironment } from '../project/find-environment.ts'
import { findProject, type Project } from '../project/find-project.ts'
import { readSettings } from '../project/read-settings.ts'
import { type Instance, readInstance } from '../state/instance.ts'
import type { StatePaths } from '../state/state-paths.ts'
import { type Check, ok } from './check.ts'
import { checkCapacity } from './check-capacity.ts'

/** What doctor can say of the project around the current folder; nothing when there is none. */
export async function checkProject(environment: string): Promise<Check[]> {
  const project = await findProject().catch(() => null)
  if (!project) {
    return [ok('project', 'Project', 'none here; only the computer was looked at')]
  }
  const instance = await readInstance(project.id, environment)
  return [
    await checkSettings(project, environment),
    checkPackages(project),
    ...(instance ? await checkInstance(instance) : [notDeployed(environment)]),
  ]
}

async function checkSettings(project: Project, environment: string): Promise<Check> {
  try {
    findEnvironment(await readSettings(project.settingsFile), environment)
    return ok('settings', 'Settings', `${project.name}, as they should be`)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const detail = `${error.what} ${error.why}`
    return { ...ok('settings', 'Settings', detail), status: 'fail', next: error.next[0] ?? null }
  }
}

function checkPackages(project: Project): Check {
  if (existsSync(join(project.folder, 'node_modules'))) {
    return ok('packages', 'npm packages', 'installed')
  }
  return {
    ...ok('packages', 'npm packages', 'not installed in the project'),
    status: 'warn',
    next: 'npm install, for npm test and your editor; a deploy installs its own',
  }
}

function notDeployed(environment: string): Check {
  return {
    ...ok('instance', 'Instance', `nothing is deployed to ${environment} yet`),
    next: `authstack deploy --env ${environment}`,
  }
}

async function checkInstance(instance: Instance): Promise<Check[]> {
  const { paths } = instance
  const checks = [checkProcesses(instance), checkLock(paths), checkModes(paths)]
  const capacity = await checkCapacity(instance)
  return [...checks, await checkPorts(instance), ...(capacity ? [capacity] : [])]
}

function checkProcesses(instance: Instance): Check {
  const { run } = instance.paths
  const records = listRecords(run)
  const dead = records.filter((record) => !isRunning(record))
  if (records.length === 0) {
    return {
      ...ok('processes', 'Processes', 'stopped'),
      next: `authstack deploy --env ${instance.environment}`,
    }
  }
  if (dead.length === 0) return ok('processes', 'Processes', `${records.length} running`)
  const names = dead.map(({ name }) => name)
  return {
    ...ok('processes', 'Processes', `ended unexpectedly: ${names.join(', ')}`),
    status: 'fail',
    next: `authstack deploy --env ${instance.environment} brings them back`,
    fix: async () => {
      for (const name of names) removeRecord(run, name)
      return `forgot the ended ${names.join(', ')}; authstack deploy starts them`
    },
  }
}

function checkLock({ lock }: StatePaths): Check {
  const holder = readLock(lock)
  if (!holder) return ok('lock', 'Lock', 'free')
  const by = `${holder.command} by ${holder.owner}, ${holder.at}`
  if (!isStale(holder))
    return { ...ok('lock', 'Lock', `held: ${by}`), status: 'warn', next: 'Wait until it ends' }
  return {
    ...ok('lock', 'Lock', `left by a dead process: ${by}`),
    status: 'warn',
    next: 'authstack doctor --fix removes it; the next deploy would too',
    fix: async () => {
      // Looked at again: a deploy may have taken it over since.
      const now = readLock(lock)
      if (now && isStale(now)) rmSync(lock, { force: true })
      return 'the left lock is removed'
    },
  }
}

/** Whoever reads these files is the operator: nobody but the owner may. */
function checkModes({ credentials }: StatePaths): Check {
  if (!existsSync(credentials)) return ok('credentials', 'Credentials', 'none yet')
  const wrong = [
    ...(isOpen(credentials) ? [{ path: credentials, mode: 0o700 }] : []),
    ...readdirSync(credentials)
      .map((name) => join(credentials, name))
      .filter(isOpen)
      .map((path) => ({ path, mode: statSync(path).isDirectory() ? 0o700 : 0o600 })),
  ]
  if (wrong.length === 0) return ok('credentials', 'Credentials', 'readable by the owner only')
  return {
    ...ok(
      'credentials',
      'Credentials',
      `others may read ${wrong.map(({ path }) => path).join(', ')}`,
    ),
    status: 'fail',
    next: 'authstack doctor --fix closes them',
    fix: async () => {
      for (const { path, mode } of wrong) await chmod(path, mode)
      return `${wrong.length} closed to others`
    },
  }
}

function isOpen(path: string): boolean {
  return (statSync(path).mode & 0o077) !== 0
}

async function checkPorts(instance: Instance): Promise<Check> {
  const { ports, paths, publicUrl } = instance
  if (listRecords(paths.run).some(isRunning)) return ok('ports', 'Ports', publicUrl)
  const taken = []
  for (const [name, port] of Object.entries(ports)) {
    if (!(await isPortFree(port))) taken.push(`${port} (${name})`)
  }
  if (taken.length === 0) return ok('ports', 'Ports', `free for ${publicUrl}`)
  return {
    ...ok('ports', 'Ports', `taken by another program: ${taken.join(', ')}`),
    status: 'fail',
    next: 'End that program (lsof -i), then deploy',
  }
}
