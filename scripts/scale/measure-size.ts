import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readMemory } from '../bench/read-memory.ts'
import { summarize } from '../bench/statistics.ts'
import type { Growth, Owner } from './grow.ts'
import type { OwnProject } from './own-project.ts'

/** What an instance with `organizations` of them costs. Times are medians, in milliseconds or seconds as named. */
export type SizeFigures = {
  organizations: number
  createMs: number
  signInMs: number
  switchMs: number
  deploySeconds: number
  rollbackSeconds: number
  /** `kill -9` of Keycloak, then `authstack deploy` until a token is minted again. */
  restartSeconds: number
  /** The first organization after that: Keycloak has forgotten everything that it knew of the others. */
  firstCreateMs: number
  keycloakBytes: number
  allBytes: number
}

const createsCounted = 20
const signIns = 8
const switches = 40
/** Between sign-ins, so that the throttle of one address is not what is measured. */
const pauseMilliseconds = 200

/** Grows the instance to a size and measures it there. */
export async function measureSize(
  project: OwnProject,
  growth: Growth,
  organizations: number,
): Promise<SizeFigures> {
  const created = await growth.growTo(organizations)
  const createMs = summarize(created.slice(-createsCounted)).medianMs
  const { signInMs, switchMs } = await measureUse(growth)
  // Whatever the sign-ins left to collect is not what the size costs.
  const memory = await readMemory(project.folder, project.env)
  const bytesOf = (name: string) => memory.find((part) => part.name === name)?.bytes ?? 0
  const { deploySeconds, rollbackSeconds } = await measureRelease(project, organizations)
  const restartSeconds = await measureRestart(project, growth)
  const [firstCreateMs = 0] = await growth.growTo(organizations + 1)
  return {
    organizations,
    createMs,
    signInMs,
    switchMs,
    deploySeconds,
    rollbackSeconds,
    restartSeconds,
    firstCreateMs,
    keycloakBytes: bytesOf('keycloak'),
    allBytes: memory.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}

/** Spread over all owners and organizations, so that no cache of one realm is what is measured. */
async function measureUse(growth: Growth): Promise<{ signInMs: number; switchMs: number }> {
  const signedIn: number[] = []
  const switched: number[] = []
  for (let round = 0; round < signIns; round++) {
    const owner = spread(growth.owners, round, signIns)
    const started = performance.now()
    const { accessToken } = await growth.signIn(owner)
    signedIn.push(performance.now() - started)
    for (let turn = 0; turn < switches / signIns; turn++) {
      const id = spread(owner.organizationIds, turn, switches / signIns)
      const before = performance.now()
      await growth.switchTo(accessToken, id)
      switched.push(performance.now() - before)
    }
    await sleep(pauseMilliseconds)
  }
  return { signInMs: summarize(signedIn).medianMs, switchMs: summarize(switched).medianMs }
}

/** A version that changes a file, and back. */
async function measureRelease(project: OwnProject, organizations: number) {
  writeFileSync(join(project.folder, 'SIZE.md'), `${organizations} organizations\n`)
  const deploySeconds = await timed(() => project.run(['deploy', '--yes']))
  const rollbackSeconds = await timed(() => project.run(['rollback', '--yes']))
  return { deploySeconds, rollbackSeconds }
}

async function measureRestart(project: OwnProject, growth: Growth): Promise<number> {
  project.kill('keycloak')
  return await timed(async () => {
    await project.run(['deploy', '--yes'])
    const owner = growth.owners[0] as Owner
    const { accessToken } = await growth.signIn(owner)
    await growth.switchTo(accessToken, owner.organizationIds[0] as string)
  })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

/** The `index`-th of `count` items that lie evenly over the list. */
function spread<T>(list: T[], index: number, count: number): T {
  return list[Math.floor((index * list.length) / count)] as T
}
