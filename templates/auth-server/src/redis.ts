import { Redis } from 'ioredis'
import type { Logger } from 'pino'

/**
 * The only door to Redis, which holds limits and nothing that must survive. Commands fail at once
 * while it is away (no offline queue), so that its absence costs no request any time.
 */
export function openRedis(url: string, log: Logger): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 1500,
    connectTimeout: 1000,
    retryStrategy: (attempt) => Math.min(attempt * 200, 2000),
  })
  let isDown = false
  redis.on('error', (error) => {
    if (!isDown) log.warn({ err: error }, 'Redis is away; limits are kept in this process')
    isDown = true
  })
  redis.on('ready', () => {
    isDown = false
  })
  return redis
}

/**
 * A connection for the queue's own use. `adds` fails at once while Redis is away, as `openRedis` does;
 * `works` waits for it to come back, because a worker has nothing else to do.
 */
export function openQueueRedis(url: string, use: 'adds' | 'works'): Redis {
  const redis = new Redis(url, {
    connectTimeout: 1000,
    retryStrategy: (attempt) => Math.min(attempt * 200, 2000),
    maxRetriesPerRequest: null,
    ...(use === 'adds' ? { enableOfflineQueue: false, commandTimeout: 1500 } : {}),
  })
  // `openRedis` tells of an outage once; these follow the same server.
  redis.on('error', () => {})
  return redis
}
