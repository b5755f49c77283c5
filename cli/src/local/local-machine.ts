import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { BugError } from '../errors.ts'
import { takeLock } from '../machine/lock.ts'
import type { Machine } from '../machine/machine.ts'
import { writeAtomic } from '../machine/write-atomic.ts'
import { appendHistory, readHistory } from '../release/history.ts'
import { readManifest } from '../release/manifest.ts'
import { listReleases, pruneReleases } from '../release/prune-releases.ts'
import { apiFingerprint, apiName, smokeTest, startApi, waitForApi } from './api.ts'
import type { LocalContext, ReadyContext } from './context.ts'
import { removeBootstrapAdmin } from './credentials.ts'
import { answersWith } from './front.ts'
import { inspectComputer } from './inspect.ts'
import { flipLive, readLive } from './live-link.ts'
import { machineNotes } from './machine-notes.ts'
import { readParts } from './parts.ts'
import { prepareInstance, readInstanceFile } from './prepare-instance.ts'
import { isRunning, readRecord } from './process-record.ts'
import { runTask } from './run-task.ts'
import { beginKeycloakBuild, ensureService, planService, type ServiceName } from './services.ts'
import { stopProcess } from './stop-process.ts'
import { taskEnv } from './task-env.ts'

const SERVICES: ServiceName[] = ['postgres', 'redis', 'keycloak', 'mailbox', 'front']
/** Above the 20 seconds that a server gives its last requests. */
const DRAIN_SECONDS_MAX = 25

/** This computer as a machine: every part is a child process that outlives the CLI. */
export function openLocalMachine(context: LocalContext): Machine {
  const { paths } = context
  let instance = readInstanceFile(paths.instanceFile)
  const ready = (): ReadyContext => {
    if (!instance) throw new BugError('The instance is used before prepare()')
    return { ...context, instance }
  }
  const releaseFolder = (version: string) => join(paths.releases, version)
  const mark = (what: string) => join(paths.folder, `bootstrapped-${what}`)

  return {
    target: 'local',
    inspect: () => inspectComputer(context),
    async planServices(sourceFolder) {
      if (!instance) return SERVICES.map((name) => ({ name, action: 'start', why: 'first deploy' }))
      return Promise.all(SERVICES.map((name) => planService(ready(), name, sourceFolder)))
    },
    lock: async (command) => takeLock(paths.lock, command, context.owner),
    async prepare() {
      instance = await prepareInstance(context)
    },
    instance: () => ready().instance,
    readRelease: (version) => readManifest(releaseFolder(version)),
    releaseFolder,
    listReleases: () => listReleases(paths.releases),
    isBootstrapped: (what) => existsSync(mark(what)),
    markBootstrapped(what) {
      writeAtomic(mark(what), `${new Date().toISOString()}\n`)
      if (what === 'keycloak') removeBootstrapAdmin(paths.credentials)
    },
    releasesFolder: paths.releases,
    buildKeycloak: (sourceFolder) => beginKeycloakBuild(context, sourceFolder),
    startService: (name, sourceFolder, onProgress) =>
      ensureService(
        ready(),
        name,
        sourceFolder,
        name === 'keycloak' && !existsSync(mark('keycloak')),
        onProgress,
      ),
    runTask: (version, task, args, options) =>
      runTask({
        folder: releaseFolder(version),
        logs: paths.logs,
        task,
        args,
        env: taskEnv(ready(), version, task),
        signal: options?.mustFinish ? undefined : context.signal,
      }),
    liveColour: () => readLive(paths),
    recordedVersion: (colour) => readRecord(paths.run, apiName(colour))?.version ?? null,
    isCurrent(colour, version) {
      const record = readRecord(paths.run, apiName(colour))
      return isRunning(record) && record.fingerprint === apiFingerprint(ready(), version)
    },
    async startColour(colour, version) {
      await stopProcess(paths.run, apiName(colour), { graceSeconds: DRAIN_SECONDS_MAX })
      const folder = releaseFolder(version)
      const record = startApi({ context: ready(), colour, folder, version })
      await waitForApi(paths, colour, record, { signal: context.signal })
      await smokeTest(paths, colour, existsSync(join(folder, 'web/dist/index.html')))
    },
    async stopColour(colour) {
      await stopProcess(paths.run, apiName(colour), { graceSeconds: DRAIN_SECONDS_MAX })
    },
    flip: (colour) => flipLive(paths, colour),
    isServing: () => answersWith(`http://127.0.0.1:${ready().instance.ports.front}/readyz`, 200),
    readHistory: () => readHistory(paths.historyFile),
    appendHistory: (entry) => appendHistory(paths.historyFile, entry),
    pruneReleases: (inUse) => pruneReleases(paths.releases, inUse),
    notes: machineNotes(paths.folder),
    parts: () => readParts(ready()),
  }
}
