import { connect } from 'node:net'
import { join } from 'node:path'
import type { StatePaths } from '../state/state-paths.ts'
import { isRunning } from './process-record.ts'
import { ensureRedisBinary } from './redis-binary.ts'
import { serviceError } from './service-error.ts'
import { serviceFolder, serviceUid } from './service-user.ts'
import { type ProcessSpec, startProcess } from './start-process.ts'
import { waitUntil } from './wait-until.ts'

const START_SECONDS_MAX = 30

/** How Redis is to run: loopback, every write in the log, nothing ever evicted (queues live here). */
export function redisSpec(paths: StatePaths, port: number, binary: string): ProcessSpec {
  const folder = join(paths.data, 'redis')
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: folder,
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
  return {
    name: 'redis',
    command: binary,
    args,
    cwd: folder,
    uid: serviceUid(),
    fingerprint: args.join(' '),
  }
}

/** Starts Redis or Valkey and waits for its PONG. */
export async function startRedis(
  paths: StatePaths,
  port: number,
  cacheRoot: string,
): Promise<void> {
  const spec = redisSpec(paths, port, await ensureRedisBinary(cacheRoot))
  serviceFolder(spec.cwd)
  const record = startProcess(spec, paths)
  const logs = { folder: paths.logs, name: 'redis', start: record.logStart }
  await waitUntil(
    async () => {
      if (await answersPing(port)) return true
      if (!isRunning(record)) throw serviceError('Redis', 'The process ended.', logs)
      return false
    },
    {
      timeoutSeconds: START_SECONDS_MAX,
      onTimeout: () => serviceError('Redis', `No answer within ${START_SECONDS_MAX} s.`, logs),
    },
  )
}

/** True when a Redis on this port answers PING with PONG (not while it still loads its log). */
export function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(2000, () => end(false))
    socket.on('error', () => end(false))
    socket.on('connect', () => socket.write('PING\r\n'))
    socket.on('data', (data) => end(data.toString().startsWith('+PONG')))
  })
}
