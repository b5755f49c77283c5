import { Queue, Worker } from 'bullmq'
import type { Logger } from 'pino'
import { openQueueRedis } from '../redis.ts'
import type { DueRow } from './outbox-rows.ts'

/** Version of a job, so that a worker of another version leaves what it cannot read to its poller. */
const jobSchema = 1

interface Job {
  schema: number
  /** Of the outbox row; all else is in PostgreSQL. */
  id: string
}

export interface OutboxQueue {
  /**
   * Hands ids of due rows to Redis; a job that is there already stays one. False when Redis did not
   * take them.
   */
  add(rows: DueRow[]): Promise<boolean>
  close(): Promise<void>
}

const addMsMax = 2000
const closeMsMax = 18_000

/**
 * One queue of ids, with workers in this process: the only user of BullMQ. Redis decides when and how
 * many at once; whether there is anything to do is PostgreSQL's to say. So a job may be lost (a
 * poller finds the row again) or come twice (the second finds the row taken) without harm.
 */
export function openOutboxQueue(options: {
  redisUrl: string
  prefix: string
  name: string
  concurrency: number
  work: (id: string) => Promise<void>
  log: Logger
}): OutboxQueue {
  const { redisUrl, prefix, name, concurrency, work, log } = options
  const adds = openQueueRedis(redisUrl, 'adds')
  const works = openQueueRedis(redisUrl, 'works')
  const queue = new Queue<Job>(name, {
    connection: adds,
    prefix,
    skipMetasUpdate: true,
    // Nothing stays in Redis: a finished job of the same name would keep the next one out.
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
  })
  const worker = new Worker<Job>(
    name,
    async (job) => {
      if (job.data.schema <= jobSchema) await work(job.data.id)
    },
    { connection: works, prefix, concurrency },
  )
  const note = (error: Error) => log.debug({ err: error, queue: name }, 'The queue waits for Redis')
  queue.on('error', note)
  worker.on('error', note)
  return {
    async add(rows) {
      if (adds.status !== 'ready') return false
      const jobs = rows.map(({ id, attempts }) => ({
        name: 'row',
        data: { schema: jobSchema, id },
        // Which try it is belongs to the name, so that each try is one job.
        opts: { jobId: `${id}-${attempts}` },
      }))
      return within(addMsMax, queue.addBulk(jobs)).then(
        () => true,
        () => false,
      )
    },
    async close() {
      // Waits for what is in work. With Redis away nothing of it can be told to Redis any more.
      const isThere = works.status === 'ready'
      await within(closeMsMax, worker.close(!isThere)).catch(() => {})
      await within(addMsMax, queue.close()).catch(() => {})
      adds.disconnect()
      works.disconnect()
    },
  }
}

function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  const timeout = Promise.withResolvers<never>()
  const timer = setTimeout(() => timeout.reject(new Error('Redis did not answer')), milliseconds)
  return Promise.race([promise, timeout.promise]).finally(() => clearTimeout(timer))
}
