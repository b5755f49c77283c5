import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { exitCodes, UserError } from '../errors.ts'
import type { InstanceFile } from '../state/instance.ts'

export type Ports = InstanceFile['ports']

export const portNames = [
  'front',
  'mailbox',
  'smtp',
  'keycloak',
  'keycloakManagement',
  'postgres',
  'redis',
] as const satisfies (keyof Ports)[]

const BLOCK = 10
const FIRST_PORT = 4310
const PORT_MAX = 9990

/** Runs `work` while no other deploy on this computer chooses ports. Waits at most 10 s. */
export async function withPortLock<T>(root: string, work: () => Promise<T>): Promise<T> {
  const { default: lockfile } = await import('proper-lockfile')
  mkdirSync(root, { recursive: true })
  const release = await lockfile.lock(root, {
    lockfilePath: join(root, 'ports.lock'),
    stale: 10_000,
    retries: { retries: 50, minTimeout: 200, maxTimeout: 200 },
  })
  try {
    return await work()
  } finally {
    await release()
  }
}

/**
 * Ports for a new instance: the first block of ten in which all are free and none is kept by
 * another project under `root`, running or not. `front` may be fixed by the settings.
 */
export async function choosePorts(
  root: string,
  fixedFront: number | null,
  first = Number(process.env.AUTHSTACK_PORT_BASE) || FIRST_PORT,
): Promise<Ports> {
  const kept = keptPorts(root)
  for (let base = first; base < PORT_MAX; base += BLOCK) {
    const ports = portBlock(base, fixedFront)
    const candidates = Object.values(ports).filter((port) => port !== fixedFront)
    if (candidates.some((port) => kept.has(port))) continue
    if (await allFree(candidates)) return ports
  }
  throw noPorts(`No ${BLOCK} free ports in a row for a new instance`, first)
}

/**
 * A free port that nobody keeps, above the ordinary blocks' start. `own` are the instance's own ports as they
 * stand now: when several move at once, the file on disk does not tell of the first move yet.
 */
export async function choosePort(root: string, own: Iterable<number>): Promise<number> {
  const kept = new Set([...keptPorts(root), ...own])
  const first = Number(process.env.AUTHSTACK_PORT_BASE) || FIRST_PORT
  for (let port = first + portNames.length; port < PORT_MAX; port++) {
    if (!kept.has(port) && (await isPortFree(port))) return port
  }
  throw noPorts('No free port', first)
}

/** True when nothing listens on this loopback port. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => resolve(true))
    })
  })
}

function noPorts(what: string, first: number): UserError {
  return new UserError({
    code: 'no_free_ports',
    what,
    why: `All of ${first} to ${PORT_MAX} was tried: each is in use, or kept by another instance (also one that is stopped).`,
    next: [
      `Set AUTHSTACK_PORT_BASE to a port below ${PORT_MAX} where a free range begins (it is ${process.env.AUTHSTACK_PORT_BASE ? first : 'not set'} now), then run it again`,
      'See what listens: ss -ltn (macOS: lsof -iTCP -sTCP:LISTEN)',
    ],
    exitCode: exitCodes.infrastructure,
  })
}

function portBlock(base: number, fixedFront: number | null): Ports {
  const ports = Object.fromEntries(portNames.map((name, index) => [name, base + index])) as Ports
  return fixedFront === null ? ports : { ...ports, front: fixedFront }
}

async function allFree(ports: number[]): Promise<boolean> {
  for (const port of ports) if (!(await isPortFree(port))) return false
  return true
}

/** Ports in every instance.json under the state root; unreadable ones are nobody's. */
function keptPorts(root: string): Set<number> {
  const kept = new Set<number>()
  for (const project of folders(root)) {
    for (const environment of folders(join(root, project))) {
      try {
        const file = join(root, project, environment, 'instance.json')
        const { ports } = JSON.parse(readFileSync(file, 'utf8')) as InstanceFile
        for (const port of Object.values(ports)) kept.add(port)
      } catch {}
    }
  }
  return kept
}

function folders(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
  } catch {
    return []
  }
}
