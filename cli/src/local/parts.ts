import { type PartName, type PartState, partNames } from '../machine/machine.ts'
import { processMemory } from '../machine/process-memory.ts'
import { apiName, ask } from './api.ts'
import type { ReadyContext } from './context.ts'
import { apiSocket, readLive } from './live-link.ts'
import { isRunning, type ProcessRecord, readRecord } from './process-record.ts'
import { answers } from './services.ts'

/** State of every part, each asked over its own protocol, all at once. */
export function readParts(context: ReadyContext): Promise<PartState[]> {
  return Promise.all(partNames.map((name) => readPart(context, name)))
}

async function readPart(context: ReadyContext, name: PartName): Promise<PartState> {
  const record = recordOf(context, name)
  const runs = isRunning(record)
  const isUp = runs && (await answersNow(context, name))
  return {
    name,
    isUp,
    problem: isUp ? null : runs ? 'does not answer' : record ? 'its process ended' : 'not started',
    pid: runs ? record.pid : null,
    port: name === 'api' ? null : context.instance.ports[name],
    memoryBytes: runs ? processMemory(record.pid) : null,
    startedAt: runs ? record.startedAt : null,
  }
}

function recordOf(context: ReadyContext, name: PartName): ProcessRecord | null {
  if (name !== 'api') return readRecord(context.paths.run, name)
  const colour = readLive(context.paths)
  return colour ? readRecord(context.paths.run, apiName(colour)) : null
}

async function answersNow(context: ReadyContext, name: PartName): Promise<boolean> {
  if (name !== 'api') return answers(context, name)
  const colour = readLive(context.paths)
  if (!colour) return false
  // Alive, not ready: a server without its database is up, and the database's own line says why.
  return (await ask(apiSocket(context.paths, colour), '/livez')).status === 200
}
