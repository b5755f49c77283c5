import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import type { Instance } from './instance.ts'

/** A Redis of a test's own, that may be killed; started with the program and the rules of the instance's. */
export interface OwnRedis {
  url: string
  start(): Promise<void>
  /** As a crash or a power cut would end it. */
  kill(): Promise<void>
  /** A client of the test's own. */
  client(): Redis
  close(): Promise<void>
}

/** The program that the instance runs as its Redis, or null when it runs elsewhere. */
export function redisProgram(instance: Instance | null): string | null {
  try {
    const record = readFileSync(join(String(instance?.state), 'run/redis.json'), 'utf8')
    return String(JSON.parse(record).command).split(' ')[0] ?? null
  } catch {
    return null
  }
}

export async function startOwnRedis(program: string): Promise<OwnRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'asredis-'))
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let child: ChildProcess | null = null
  const clients: Redis[] = []
  const redis: OwnRedis = {
    url,
    async start() {
      const rules = ['--appendonly', 'yes', '--save', '', '--maxmemory-policy', 'noeviction']
      const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...rules]
      child = spawn(program, args, { stdio: 'ignore' })
      const probe = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null })
      probe.on('error', () => {})
      await probe.ping()
      probe.disconnect()
    },
    async kill() {
      const ended = new Promise((resolve) => child?.once('exit', resolve))
      child?.kill('SIGKILL')
      await ended
      child = null
    },
    client() {
      const client = new Redis(url)
      client.on('error', () => {})
      clients.push(client)
      return client
    },
    async close() {
      for (const client of clients) client.disconnect()
      if (child) await redis.kill()
      await sleep(10)
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await redis.start()
  return redis
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
