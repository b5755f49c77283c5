import { createHmac } from 'node:crypto'
import type { Request } from 'express'
import { Problem } from '../errors.ts'
import type { KeyContext, UserContext } from './context.ts'
import type { Action } from './define-action.ts'

interface Answer {
  status: number
  body: unknown
}

interface RecordRow {
  request_hash: Buffer
  status: number | null
  body: unknown
}

const ABANDONED = `created_at < now() - interval '2 minutes'`

/**
 * Gives a repeated POST its first answer (a lost response must not create twice). The record is
 * claimed before the work starts, so two at once cannot both do it. A failed attempt frees the key.
 */
export async function withIdempotency(
  context: unknown,
  request: Request,
  // biome-ignore lint/suspicious/noExplicitAny: any action may be idempotent.
  action: Action<any, any, any, any, any>,
  run: () => Promise<unknown>,
): Promise<Answer> {
  const status = action.status ?? (action.output === null ? 204 : 200)
  const sent = request.get('idempotency-key')
  if (!sent) return { status, body: await run() }
  if (!/^[\x21-\x7e]{1,200}$/.test(sent)) {
    throw new Problem('invalid_request', {
      errors: [
        {
          pointer: '/header/Idempotency-Key',
          message: 'At most 200 printable characters',
          code: 'invalid_format',
        },
      ],
    })
  }
  const { services, mode, key, userId } = context as KeyContext & Partial<UserContext>
  const where = { key_id: key.id, subject: userId ?? '', idempotency_key: sent }
  // Keyed: a body may hold a password, and a plain hash of it in a dump could be guessed at.
  const hash = createHmac('sha256', services.masterKey)
    .update(`${action.id}\n${request.originalUrl}\n${JSON.stringify(request.body ?? null)}`)
    .digest()
  const records = () => services.db.hubQuery(mode)('idempotency_records')
  // A process that died between claim and answer must not hold the key for ever.
  await records().where(where).whereNull('status').whereRaw(ABANDONED).delete()
  const claimed = await records()
    .insert({ ...where, request_hash: hash })
    .onConflict()
    .ignore()
    .returning('key_id')
  if (claimed.length === 0)
    return repeat(
      (await records().where(where).first('request_hash', 'status', 'body')) as RecordRow,
      hash,
    )
  try {
    const body = await run()
    await records()
      .where(where)
      .update({ status, body: JSON.stringify(body ?? null) })
    return { status, body }
  } catch (error) {
    await records().where(where).delete()
    throw error
  }
}

function repeat(record: RecordRow | undefined, hash: Buffer): Answer {
  if (!record)
    throw new Problem('conflict', { detail: 'The first request has just failed; try again.' })
  if (!record.request_hash.equals(hash)) throw new Problem('idempotency_mismatch')
  if (record.status === null) {
    throw new Problem('conflict', {
      detail: 'The first request is still running.',
      retryAfterSeconds: 1,
    })
  }
  return { status: record.status, body: record.body ?? undefined }
}
