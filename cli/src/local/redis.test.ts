import { expect, test } from 'vitest'
import { statePaths } from '../state/state-paths.ts'
import { redisSpec } from './redis.ts'

test('Redis answers this computer only, logs every write, and throws no job away to save memory', () => {
  const { args } = redisSpec(statePaths('p', 'local', '/state'), 4356, 'redis-server')
  const value = (name: string) => args[args.indexOf(`--${name}`) + 1]
  expect(value('bind')).toBe('127.0.0.1')
  expect(value('appendonly')).toBe('yes')
  expect(value('maxmemory-policy')).toBe('noeviction')
})
