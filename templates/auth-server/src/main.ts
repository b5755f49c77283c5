import { rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { alarmOfTrail } from './alerts/alarm-of-trail.ts'
import { forgetOldSignals, watchHubEvents } from './alerts/watch-hub-events.ts'
import { createApp } from './app.ts'
import { startSequencer } from './audit/sequencer.ts'
import { undoSignup } from './auth/undo-signup.ts'
import { openCountries } from './country.ts'
import { type Listen, readEnv } from './env.ts'
import { loadExtensions } from './extensions.ts'
import { startDraining } from './health/draining.ts'
import { createServer } from './http/create-server.ts'
import { openLogs } from './log.ts'
import { metricsRoute } from './metrics/show-metrics.ts'
import { openServices } from './open-services.ts'
import { startSweeper } from './operations/sweep-operations.ts'
import { operatorRoutes } from './operator/operator-routes.ts'
import { servePages } from './pages/serve-pages.ts'
import { finishErasure } from './people/finish-erasure.ts'
import { routes } from './routes.ts'
import { startOutgoing } from './start-outgoing.ts'
import { keepSubscriptions } from './subscriptions/keep-subscriptions.ts'
import { loadTelemetry } from './telemetry.ts'

/** After SIGTERM, requests in flight get this long; then the process goes anyway. */
const DRAIN_MILLISECONDS = 20_000

const env = readEnv()
// First of all: an SDK must be there before what it is to watch.
const isTraced = await loadTelemetry()
const logs = openLogs(env.project)
const { log } = logs
const extensions = await loadExtensions()
const services = await openServices(env, logs, extensions.hooks, isTraced)

const servers = [
  await listen(
    env.listen,
    createServer(
      createApp(services, [...routes, ...extensions.routes], (app) => servePages(app, services)),
    ),
  ),
]
if (env.operatorListen) {
  servers.push(
    await listen(
      env.operatorListen,
      createServer(createApp(services, [metricsRoute, ...operatorRoutes])),
    ),
  )
}
const workers = [
  startSequencer({
    ...services,
    ...services.audit,
    watch: watchHubEvents({ ...services, countries: openCountries() }),
    tidy: forgetOldSignals,
    alarm: alarmOfTrail(services),
  }),
  await startOutgoing(services),
  keepSubscriptions(services),
  startSweeper(services, {
    signup: (mode, operation) => undoSignup(services, mode, operation),
    'erase-person': (mode, operation) => finishErasure(services, mode, operation),
  }),
]
services.pagesKeys().catch((error) => log.warn({ err: error }, 'The pages keys are not there yet'))
log.info({ version: env.version, listen: env.listen }, 'serving')

process.once('SIGTERM', () => void stop('SIGTERM'))
process.once('SIGINT', () => void stop('SIGINT'))
process.on('unhandledRejection', (error) => {
  // A promise that nobody awaits is a fault of ours; the process is not in doubt, the work is.
  log.error({ err: error }, 'unhandled rejection')
})

async function listen(where: Listen, server: Server): Promise<Server> {
  // Longer than the front's own keep-alive, so that it is never us who close a reused connection.
  server.keepAliveTimeout = 65_000
  server.requestTimeout = 30_000
  if ('path' in where) await rm(where.path, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(where, resolve)
  })
  return server
}

/** Takes no new work, finishes what it has, ends with 0. */
async function stop(signal: string): Promise<void> {
  log.info({ signal }, 'draining')
  startDraining()
  const timer = setTimeout(() => process.exit(0), DRAIN_MILLISECONDS)
  timer.unref()
  await Promise.all([...servers.map(close), ...workers.map((worker) => worker.stop())])
  services.redis.disconnect()
  await services.access.stop()
  await services.db.close()
  logs.flush()
  process.exit(0)
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection becomes idle when its last answer has left; until then it is kept.
    const sweep = setInterval(() => server.closeIdleConnections(), 100)
    server.close(() => {
      clearInterval(sweep)
      resolve()
    })
    server.closeIdleConnections()
  })
}
