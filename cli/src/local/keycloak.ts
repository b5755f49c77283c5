import { join } from 'node:path'
import type { InstanceFile } from '../state/instance.ts'
import type { StatePaths } from '../state/state-paths.ts'
import { ensureBootstrapAdmin, readCredential } from './credentials.ts'
import type { Java } from './java.ts'
import { isRunning, type ProcessRecord } from './process-record.ts'
import { serviceError } from './service-error.ts'
import { type ProcessSpec, startProcess } from './start-process.ts'
import { waitUntil } from './wait-until.ts'

/** The first boot makes the schema (48 s on two quiet cores); later ones take about 15. */
const START_SECONDS_MAX = 300

const OPENS = ['java.util', 'java.util.concurrent', 'java.security', 'java.lang']

const JVM_OPTIONS = [
  '-Xms128m',
  '-Xmx640m',
  '-XX:MetaspaceSize=96M',
  '-XX:MaxMetaspaceSize=256m',
  '-XX:+UseG1GC',
  // The quick compiler only: ready in 10 CPU seconds instead of 18. Costs bcrypt a quarter.
  '-XX:TieredStopAtLevel=1',
  '-XX:+ExitOnOutOfMemoryError',
  '-Dfile.encoding=UTF-8',
  '-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory',
  '-Djava.util.logging.manager=org.jboss.logmanager.LogManager',
  '-Dpicocli.disable.closures=true',
  '-Duser.language=en',
  '-Duser.country=US',
  '--enable-native-access=ALL-UNNAMED',
  ...OPENS.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
]

/**
 * How Keycloak is to run. The JVM is started as `kc.sh` does it, without the shell around it: the
 * shell would be the recorded process, and killing it leaves a JVM that keeps the port. The
 * database password goes by environment: arguments are for everyone to read.
 */
export function keycloakSpec(
  paths: StatePaths,
  instance: InstanceFile,
  home: string,
  java: Java,
): ProcessSpec {
  const { ports } = instance
  const args = [
    ...JVM_OPTIONS,
    `-Dkc.home.dir=${home}`,
    `-Djboss.server.config.dir=${join(home, 'conf')}`,
    '-cp',
    join(home, 'lib/quarkus-run.jar'),
    'io.quarkus.bootstrap.runner.QuarkusEntryPoint',
    'start',
    '--optimized',
    `--db-url=jdbc:postgresql://127.0.0.1:${ports.postgres}/keycloak`,
    '--db-username=keycloak',
    '--db-pool-max-size=30',
    '--http-enabled=true',
    '--http-host=127.0.0.1',
    `--http-port=${ports.keycloak}`,
    `--http-management-port=${ports.keycloakManagement}`,
    `--hostname=${instance.publicUrl}`,
    '--hostname-backchannel-dynamic=true',
    '--proxy-headers=xforwarded',
    '--proxy-trusted-addresses=127.0.0.1',
    '--cache=local',
    '--cache-embedded-realms-max-count=100000',
  ]
  return {
    name: 'keycloak',
    command: java.command,
    args,
    env: { KC_DB_PASSWORD: readCredential(paths.credentials, 'db-keycloak') },
    cwd: home,
    fingerprint: args.join(' '),
  }
}

/** Starts Keycloak; `isFirstBoot` also gives it the bootstrap admin, which is deleted again later. */
export function startKeycloak(
  paths: StatePaths,
  spec: ProcessSpec,
  isFirstBoot: boolean,
): ProcessRecord {
  if (!isFirstBoot) return startProcess(spec, paths)
  const admin = ensureBootstrapAdmin(paths.credentials)
  const env = {
    ...spec.env,
    KC_BOOTSTRAP_ADMIN_USERNAME: admin.user,
    KC_BOOTSTRAP_ADMIN_PASSWORD: admin.password,
  }
  return startProcess({ ...spec, env }, paths)
}

/** Waits for the management port's word: the log and the open port speak up to 41 s too early. */
export async function waitForKeycloak(
  paths: StatePaths,
  managementPort: number,
  record: ProcessRecord | null,
  signal?: AbortSignal,
): Promise<void> {
  const logs = { folder: paths.logs, name: 'keycloak', start: record?.logStart }
  await waitUntil(
    async () => {
      if (await isKeycloakReady(managementPort)) return true
      if (record && !isRunning(record)) {
        throw serviceError('Keycloak', 'The process ended.', logs)
      }
      return false
    },
    {
      timeoutSeconds: START_SECONDS_MAX,
      everyMs: 250,
      signal,
      onTimeout: () =>
        serviceError('Keycloak', `Not ready within ${START_SECONDS_MAX} seconds.`, logs),
    },
  )
}

/** What `/health/ready` says now. */
export async function isKeycloakReady(managementPort: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${managementPort}/health/ready`, {
      signal: AbortSignal.timeout(3000),
    })
    await response.body?.cancel()
    return response.status === 200
  } catch {
    return false
  }
}
