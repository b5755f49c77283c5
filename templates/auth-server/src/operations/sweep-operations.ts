import { setTimeout as sleep } from 'node:timers/promises'
import { syncHubUser } from '../auth/sync-hub-user.ts'
import { type Mode, modes } from '../db/mode.ts'
import { syncShadowUser } from '../members/sync-shadow-user.ts'
import { finishOrUndoCreation } from '../organizations/finish-or-undo-creation.ts'
import { advanceDeletion } from '../organizations/purge-organization.ts'
import type { Services } from '../services.ts'
import { cleanUp } from './clean-up.ts'
import { claimOperation, type Operation, postponeOperation } from './operation.ts'
import { openChores } from './tend-organizations.ts'

type Needs = Pick<Services, 'db' | 'keycloak' | 'settings' | 'log' | 'dns' | 'masterKey' | 'stripe'>

/** Finishes or undoes one operation; throwing means "later". May end the operation itself. */
export type OperationHandler = (mode: Mode, operation: Operation) => Promise<void>

const pollSeconds = 3
/** From here on somebody should look. It is still tried: what is given up is orphaned. */
const attemptsExpected = 40
const cleanUpMs = 3_600_000

/**
 * Takes up operations whose process died or whose Keycloak was away. Safe to run in both colours.
 * @param others handlers of kinds that live outside the tenant half (sign-up and the like)
 */
export function startSweeper(
  services: Needs,
  others: Record<string, OperationHandler> = {},
): { stop(): Promise<void> } {
  const handlers: Record<string, OperationHandler> = {
    'create-organization': (mode, operation) => finishOrUndoCreation(services, mode, operation),
    'purge-organization': (mode, operation) => advanceDeletion(services, mode, operation),
    'sync-shadow-user': (mode, operation) => syncShadowUser(services, mode, operation),
    'sync-hub-user': (mode, operation) => syncHubUser(services, mode, operation),
    ...others,
  }
  const stopping = new AbortController()
  // Beside each other: a slow DNS must not keep an interrupted creation waiting.
  const loops = [run(services, handlers, stopping.signal), tendForEver(services, stopping.signal)]
  return {
    async stop() {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}

async function run(
  services: Needs,
  handlers: Record<string, OperationHandler>,
  signal: AbortSignal,
): Promise<void> {
  let cleanedAt = Date.now()
  while (!signal.aborted) {
    const isCleanUpDue = Date.now() - cleanedAt > cleanUpMs
    if (isCleanUpDue) cleanedAt = Date.now()
    for (const mode of modes) {
      try {
        if (isCleanUpDue) await cleanUp(services.db.hubQuery(mode))
        while (!signal.aborted && (await sweepOne(services, handlers, mode)));
      } catch (error) {
        services.log.warn({ err: error, mode }, 'The sweeper could not reach the database')
      }
    }
    await sleep(pollSeconds * 1000, undefined, { signal, ref: false }).catch(() => {})
  }
}

async function tendForEver(services: Needs, signal: AbortSignal): Promise<void> {
  const tend = openChores(services, signal)
  while (!signal.aborted) {
    for (const mode of modes) await tend(mode)
    await sleep(pollSeconds * 1000, undefined, { signal, ref: false }).catch(() => {})
  }
}

async function sweepOne(
  { db, log }: Needs,
  handlers: Record<string, OperationHandler>,
  mode: Mode,
): Promise<boolean> {
  const hub = db.hubQuery(mode)
  const operation = await claimOperation(hub)
  if (!operation) return false
  const { id, kind, attempts } = operation
  const handler = handlers[kind]
  try {
    if (!handler) throw new Error(`No handler for operation kind ${kind}`)
    await handler(mode, operation)
  } catch (error) {
    const facts = { err: error, operation: id, kind, attempts, mode }
    if (attempts >= attemptsExpected) log.error(facts, 'An operation fails again and again')
    else log.warn(facts, 'An operation has to wait')
    await postponeOperation(hub, operation, error)
  }
  return true
}
