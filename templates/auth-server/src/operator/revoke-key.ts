import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { findKeyById, keyParams } from './find-key-row.ts'
import { keyShape, toKeyView } from './key-view.ts'
import { modeQuery } from './mode-query.ts'
import { recordOperatorEvent } from './record-operator-event.ts'

export const revokeKey = defineAction<OperatorContext>()({
  id: 'revokeKey',
  summary: 'Stop a key at once; nothing can be called or refreshed with it',
  params: keyParams,
  query: modeQuery,
  output: keyShape,
  async run(context, { params }) {
    const { key } = await findKeyById(context, params.keyId)
    await context.services.db.hub(context.mode, async (trx) => {
      await trx('api_keys')
        .where({ id: key.id })
        .whereNull('revoked_at')
        .update({ revoked_at: trx.fn.now() })
    })
    await recordOperatorEvent(context, 'key.revoked', { keyId: key.id })
    const revoked = await findKeyById(context, key.id)
    return toKeyView(revoked.key, revoked.clear)
  },
})
