import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { isUsable } from '../keys/api-key.ts'
import { createKey } from '../keys/create-key.ts'
import { findKeyById, keyParams } from './find-key-row.ts'
import { keyShape, toKeyView } from './key-view.ts'
import { modeQuery } from './mode-query.ts'
import { recordOperatorEvent } from './record-operator-event.ts'

const OVERLAP_MINUTES_MAX = 90 * 24 * 60

export const rotateKey = defineAction<OperatorContext>()({
  id: 'rotateKey',
  summary: 'Make the successor of a key; the old one works for the overlap',
  params: keyParams,
  query: modeQuery,
  body: z.strictObject({ overlapMinutes: z.number().int().min(0).max(OVERLAP_MINUTES_MAX) }),
  status: 201,
  output: keyShape,
  async run(context, { params, body }) {
    const { services, mode } = context
    const { key } = await findKeyById(context, params.keyId)
    if (!isUsable(key)) throw new Problem('conflict', { detail: 'This key is no longer in use.' })
    const { kind, name, origins, redirectUris, sessionDelivery, scopes } = key
    const wanted = { kind, name, origins, redirectUris, sessionDelivery, scopes }
    const created = await createKey(services, mode, wanted)
    const hub = services.db.hubQuery(mode)
    await hub('api_keys')
      .where({ id: key.id })
      .update({
        // Never later than it would have ended anyway: a second rotation must not bring back the time
        // that the first one took. NULLs do not count for least().
        expires_at: hub.raw('least(expires_at, now() + make_interval(mins => ?))', [
          body.overlapMinutes,
        ]),
      })
    await recordOperatorEvent(context, 'key.rotated', { keyId: key.id, newKeyId: created.id })
    return toKeyView(created, created.key)
  },
})
