import { readFile, readlink } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { type Colour, type StatePaths, statePaths } from './state-paths.ts'

/** Loopback TCP ports of an instance; chosen once at the first deploy and kept. */
const Ports = z.object({
  front: z.number().int(),
  postgres: z.number().int(),
  redis: z.number().int(),
  keycloak: z.number().int(),
  keycloakManagement: z.number().int(),
  smtp: z.number().int(),
  mailbox: z.number().int(),
})

const InstanceFile = z.object({
  projectId: z.string(),
  project: z.string(),
  environment: z.string(),
  target: z.literal('local'),
  ports: Ports,
  /** `http://localhost:<front>`: issuer host, never changes. */
  publicUrl: z.string(),
  /** ISO 8601, UTC. */
  created: z.string(),
})
export type InstanceFile = z.infer<typeof InstanceFile>

/** One line of history.json, oldest first; `current` is the last with status `live`. */
const HistoryEntry = z.object({
  version: z.string(),
  action: z.enum(['deploy', 'rollback']),
  /** `failed`: never became live. `rolled-back`: went live and was flipped back by the watch. */
  status: z.enum(['live', 'failed', 'rolled-back']),
  at: z.string(),
  by: z.string(),
  seconds: z.number(),
  commit: z.string().nullable(),
  message: z.string().nullable(),
  /** Contract migrations and other reasons not to go back before this version. */
  barriers: z.array(z.string()).default([]),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

const History = z.object({ entries: z.array(HistoryEntry) })

export type Instance = InstanceFile & {
  paths: StatePaths
  /** `http://127.0.0.1:<keycloak>`; for the CLI only, the front does not serve these paths. */
  keycloakUrl: string
  mailboxUrl: string
  /** null before the first flip. */
  liveColour: Colour | null
  /** Version now serving, from the history; null before the first flip. */
  version: string | null
  history: HistoryEntry[]
}

/**
 * What is known on disk of a project's instance, or null when it was never deployed.
 * Says nothing about whether it runs. A damaged file is a thrown Error naming it.
 */
export async function readInstance(
  projectId: string,
  environment: string,
): Promise<Instance | null> {
  const paths = statePaths(projectId, environment)
  const file = await readJson(paths.instanceFile, InstanceFile)
  if (!file) return null
  const history = (await readJson(paths.historyFile, History))?.entries ?? []
  return {
    ...file,
    paths,
    keycloakUrl: `http://127.0.0.1:${file.ports.keycloak}`,
    mailboxUrl: `http://127.0.0.1:${file.ports.mailbox}`,
    liveColour: await readLiveColour(paths),
    version: history.findLast((entry) => entry.status === 'live')?.version ?? null,
    history,
  }
}

/** The colour that `live.sock` points at (`api-a.sock` or `api-b.sock`), or null. */
export async function readLiveColour(paths: StatePaths): Promise<Colour | null> {
  const target = await readlink(paths.liveSocket).catch(() => null)
  const match = target && /^api-([ab])\.sock$/.exec(basename(target))
  return match ? (match[1] as Colour) : null
}

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T | null> {
  const text = await readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  try {
    return schema.parse(JSON.parse(text))
  } catch (error) {
    throw new Error(`${path} is damaged: ${(error as Error).message}`)
  }
}
