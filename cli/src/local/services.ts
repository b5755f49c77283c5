import { mkdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { exitCodes, UserError } from '../errors.ts'
import type { OnProgress, PartName, ServicePlan } from '../machine/machine.ts'
import type { LocalContext, ReadyContext } from './context.ts'
import { readCredential } from './credentials.ts'
import { answersWith, frontSpec, mailboxSpec, startFront, startMailbox } from './front.ts'
import { findJava, type Java } from './java.ts'
import { isKeycloakReady, keycloakSpec, startKeycloak, waitForKeycloak } from './keycloak.ts'
import { builtKeycloakHome, ensureKeycloakHome, readProviderSet } from './keycloak-home.ts'
import { acceptsLogin, postgresSpec, startPostgres } from './postgres.ts'
import { isRunning, readRecord } from './process-record.ts'
import { answersPing, redisSpec, startRedis } from './redis.ts'
import { stopProcess } from './stop-process.ts'

export type ServiceName = Exclude<PartName, 'api'>

/** Younger than this, Keycloak may still be making its schema. */
const YOUNG_MS = 240_000

/** PostgreSQL ends quickly and cleanly on SIGINT; SIGTERM waits for every client to leave. */
const STOP_SIGNALS: Partial<Record<PartName, NodeJS.Signals>> = { postgres: 'SIGINT' }

/**
 * Brings one service to the state that `sourceFolder` (a project or release) asks for: kept when it
 * runs so and answers, else started, after ending a process that no longer fits.
 */
export async function ensureService(
  context: ReadyContext,
  name: ServiceName,
  sourceFolder: string,
  isFirstBoot: boolean,
  onProgress: OnProgress,
): Promise<'started' | 'restarted' | 'kept'> {
  const { paths, instance, cacheRoot } = context
  mkdirSync(cacheRoot, { recursive: true, mode: 0o755 })
  const plan = await planService(context, name, sourceFolder)
  if (plan.action === 'keep') return 'kept'
  if (plan.action === 'wait' && (await comesUp(context, name))) return 'kept'
  const home = name === 'keycloak' ? await keycloakHome(context, sourceFolder, onProgress) : null
  if (plan.action !== 'start') await stopService(context, name)
  if (name === 'postgres') await startPostgres(paths, instance.ports.postgres, cacheRoot)
  else if (name === 'redis') await startRedis(paths, instance.ports.redis, cacheRoot)
  else if (name === 'front') await startFront(paths, instance)
  else if (name === 'mailbox') await startMailbox(paths, instance)
  else if (home) {
    const spec = keycloakSpec(paths, instance, home.folder, home.java)
    const record = startKeycloak(paths, spec, isFirstBoot)
    await waitForKeycloak(paths, instance.ports.keycloakManagement, record, context.signal)
  }
  return plan.action === 'start' ? 'started' : 'restarted'
}

/**
 * Waits for a process that lives but does not answer. A Keycloak killed in its first boot leaves a
 * lock in its schema; one whose database was away needs some seconds to see that it is back.
 */
async function comesUp(context: ReadyContext, name: ServiceName): Promise<boolean> {
  const record = readRecord(context.paths.run, name)
  const isYoung = record !== null && Date.now() - Date.parse(record.startedAt) < YOUNG_MS
  const seconds = name !== 'keycloak' ? 5 : isYoung ? 300 : 20
  const deadline = Date.now() + seconds * 1000
  while (isRunning(record) && Date.now() < deadline) {
    if (await answers(context, name)) return true
    context.signal?.throwIfAborted()
    await sleep(250)
  }
  return false
}

/** Ends one service and waits until it is gone. */
export function stopService(context: { paths: ReadyContext['paths'] }, name: PartName | string) {
  return stopProcess(context.paths.run, name, {
    signal: STOP_SIGNALS[name as PartName] ?? 'SIGTERM',
    graceSeconds: 20,
  })
}

/** Whether a service must be started, and why. Changes nothing. */
export async function planService(
  context: ReadyContext,
  name: ServiceName,
  sourceFolder: string,
): Promise<ServicePlan> {
  const record = readRecord(context.paths.run, name)
  if (!isRunning(record)) {
    return { name, action: 'start', why: record ? 'its process ended' : 'it does not run' }
  }
  const expected = await fingerprint(context, name, sourceFolder)
  if (expected !== record.fingerprint) {
    return { name, action: 'restart', why: 'its settings changed' }
  }
  if (await answers(context, name)) return { name, action: 'keep', why: 'it runs' }
  return { name, action: 'wait', why: 'it does not answer yet' }
}

/** True when the service does its work now, asked over its own protocol. */
export function answers(context: ReadyContext, name: ServiceName): Promise<boolean> {
  const { ports } = context.instance
  if (name === 'postgres') {
    return acceptsLogin(ports.postgres, readCredential(context.paths.credentials, 'db-superuser'))
  }
  if (name === 'redis') return answersPing(ports.redis)
  if (name === 'keycloak') return isKeycloakReady(ports.keycloakManagement)
  if (name === 'front') return answersWith(`http://127.0.0.1:${ports.front}/admin`, 404)
  return answersWith(`http://127.0.0.1:${ports.mailbox}/readyz`, 200)
}

async function fingerprint(
  context: ReadyContext,
  name: ServiceName,
  sourceFolder: string,
): Promise<string> {
  const { paths, instance, cacheRoot } = context
  if (name === 'front') return frontSpec(paths, instance).fingerprint
  if (name === 'mailbox') return mailboxSpec(paths, instance).fingerprint
  if (name === 'redis') return redisSpec(paths, instance.ports.redis, '').fingerprint
  if (name === 'postgres') return postgresSpec(paths, instance.ports.postgres, '').fingerprint
  const home = builtKeycloakHome(cacheRoot, readProviderSet(sourceFolder))
  if (!home) return 'not built yet'
  return keycloakSpec(paths, instance, home, await java()).fingerprint
}

/** Begins Keycloak's one-time build at once; nobody hears its progress before `ready` is asked. */
export function beginKeycloakBuild(
  { cacheRoot }: LocalContext,
  sourceFolder: string,
): { ready: (onProgress: OnProgress) => Promise<void> } {
  let say: OnProgress = () => {}
  let said: string | null = null
  const work = java().then((found) =>
    ensureKeycloakHome(cacheRoot, readProviderSet(sourceFolder), found, (text) => {
      said = text
      say(text)
    }),
  )
  work.catch(() => {}) // whoever asks `ready` gets the error
  return {
    async ready(onProgress) {
      say = onProgress
      if (said) say(said)
      await work
    },
  }
}

async function keycloakHome(
  context: ReadyContext,
  sourceFolder: string,
  onProgress: OnProgress,
): Promise<{ folder: string; java: Java }> {
  const found = await java()
  const providers = readProviderSet(sourceFolder)
  return {
    folder: await ensureKeycloakHome(context.cacheRoot, providers, found, onProgress),
    java: found,
  }
}

async function java(): Promise<Java> {
  const found = await findJava()
  if (found) return found
  throw new UserError({
    code: 'java_missing',
    what: 'No Java was found',
    why: 'Keycloak needs Java 17 or newer, on PATH or in JAVA_HOME.',
    next: ['apt install openjdk-17-jre-headless, or brew install openjdk'],
    exitCode: exitCodes.infrastructure,
  })
}
