import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { findKeyById, keyParams } from './find-key-row.ts'
import { keyName, originsInput, redirectUrisInput } from './key-input.ts'
import { keyShape, toKeyView } from './key-view.ts'
import { modeQuery } from './mode-query.ts'
import { recordOperatorEvent } from './record-operator-event.ts'

export const updateKey = defineAction<OperatorContext>()({
  id: 'updateKey',
  summary: "Change a key's name, origins or redirect URIs; each list replaces the old one",
  params: keyParams,
  query: modeQuery,
  body: z.strictObject({
    name: keyName.optional(),
    origins: originsInput.optional(),
    redirectUris: redirectUrisInput.optional(),
  }),
  output: keyShape,
  async run(context, { params, body }) {
    const { key } = await findKeyById(context, params.keyId)
    if (key.kind !== 'browser' && body.origins?.length) {
      throw new Problem('invalid_request', {
        errors: [
          {
            pointer: '/origins',
            message: 'Only browser keys have origins',
            code: 'not_applicable',
          },
        ],
      })
    }
    const changes = {
      ...(body.name === undefined ? {} : { name: body.name }),
      ...(body.origins === undefined ? {} : { origins: body.origins }),
      ...(body.redirectUris === undefined ? {} : { redirect_uris: body.redirectUris }),
    }
    if (Object.keys(changes).length > 0) {
      await context.services.db
        .hubQuery(context.mode)('api_keys')
        .where({ id: key.id })
        .update(changes)
      await recordOperatorEvent(context, 'key.updated', { keyId: key.id, ...body })
    }
    const updated = await findKeyById(context, key.id)
    return toKeyView(updated.key, updated.clear)
  },
})
