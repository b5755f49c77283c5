import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KeyContext } from '../http/context.ts'
import { findAuthorization } from './find-authorization.ts'

const publicUrl = 'https://auth.example.com'
const asked: string[] = []

const from = (origin: string | null, keyName: string) =>
  ({
    origin,
    key: { name: keyName },
    services: {
      env: { publicUrl },
      db: {
        hubQuery: () => {
          asked.push(String(origin))
          throw new Error('asked')
        },
      },
    },
  }) as unknown as KeyContext

test('an app of an allowed origin cannot complete a sign-in with the key of the hosted pages', async () => {
  const notFound = { code: 'not_found' }
  await assert.rejects(findAuthorization(from('https://app.example.com', 'pages'), 'id'), notFound)
  await assert.rejects(findAuthorization(from(null, 'pages'), 'id'), notFound)
  await assert.rejects(findAuthorization(from(publicUrl, 'app'), 'id'), notFound)
  assert.deepEqual(asked, [])
  await assert.rejects(findAuthorization(from(publicUrl, 'pages'), 'id'), /asked/)
})
