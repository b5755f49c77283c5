import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { exitCodes, UserError } from '../errors.ts'
import { writeJsonAtomic } from '../machine/write-atomic.ts'
import type { InstanceFile } from '../state/instance.ts'
import { choosePort, choosePorts, isPortFree, portNames, withPortLock } from './claim-ports.ts'
import type { LocalContext } from './context.ts'
import { ensureCredentials } from './credentials.ts'
import { isRunning, readRecord } from './process-record.ts'
import { serviceUid } from './service-user.ts'

/** Which process holds which port. */
const OWNERS: Record<(typeof portNames)[number], string> = {
  front: 'front',
  mailbox: 'mailbox',
  smtp: 'mailbox',
  keycloak: 'keycloak',
  keycloakManagement: 'keycloak',
  postgres: 'postgres',
  redis: 'redis',
}

/**
 * Makes what an instance has once: folders, secrets, ports, the public URL. Later runs keep all of
 * it. A kept port that another program took is changed, except the front's: the issuer in every
 * token names that one.
 */
export async function prepareInstance(context: LocalContext): Promise<InstanceFile> {
  const { paths } = context
  for (const folder of [paths.folder, paths.releases, paths.run, paths.data]) {
    mkdirSync(folder, { recursive: true })
  }
  openForService(context)
  ensureCredentials(paths.credentials)
  return withPortLock(context.stateRoot, async () => {
    const kept = readInstanceFile(paths.instanceFile)
    const instance = kept ? await freePorts(context, kept) : await firstInstance(context)
    if (JSON.stringify(kept) !== JSON.stringify(instance)) {
      writeJsonAtomic(paths.instanceFile, instance)
    }
    return instance
  })
}

/** instance.json, or null before the first deploy. */
export function readInstanceFile(path: string): InstanceFile | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as InstanceFile) : null
}

async function firstInstance(context: LocalContext): Promise<InstanceFile> {
  if (context.fixedPort !== null && !(await isPortFree(context.fixedPort))) {
    throw frontPortTaken(context.fixedPort)
  }
  const ports = await choosePorts(context.stateRoot, context.fixedPort)
  return {
    projectId: context.projectId,
    project: context.project,
    environment: context.environment,
    target: 'local',
    ports,
    publicUrl: `http://localhost:${ports.front}`,
    created: new Date().toISOString(),
  }
}

async function freePorts(context: LocalContext, kept: InstanceFile): Promise<InstanceFile> {
  const ports = { ...kept.ports }
  for (const name of portNames) {
    if (isRunning(readRecord(context.paths.run, OWNERS[name]))) continue
    if (await isPortFree(ports[name])) continue
    if (name === 'front') throw frontPortTaken(ports.front)
    ports[name] = await choosePort(context.stateRoot, Object.values(ports))
  }
  return { ...kept, ports }
}

/** The service user must be able to walk to its data; what lies in the folders stays private. */
function openForService({ stateRoot, paths }: LocalContext): void {
  if (serviceUid() === undefined) return
  for (const folder of [stateRoot, `${paths.folder}/..`, paths.folder, paths.data]) {
    const mode = statSync(folder).mode & 0o777
    if ((mode & 0o001) === 0) chmodSync(folder, mode | 0o011)
  }
}

export function frontPortTaken(port: number): UserError {
  return new UserError({
    code: 'port_taken',
    what: `Port ${port} is taken by another program`,
    why: `This instance's address is http://localhost:${port}; every token it issues names it, so it cannot move.`,
    next: [
      `End the program on port ${port}, then run this again`,
      `See who it is: lsof -i :${port}`,
    ],
    exitCode: exitCodes.infrastructure,
  })
}
