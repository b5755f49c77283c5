import { z } from 'zod'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { API_KEY_COLUMNS, type ApiKeyRow, toApiKey } from '../keys/api-key.ts'
import { open } from '../keys/envelope.ts'
import { keyShape, toKeyView } from './key-view.ts'
import { LIST_MAX, modeQuery, onePage, pageShape } from './mode-query.ts'

export const listKeys = defineAction<OperatorContext>()({
  id: 'listKeys',
  summary: 'All API keys of a mode; publishable ones in the clear',
  query: modeQuery,
  output: z.object({ data: z.array(keyShape), page: pageShape }),
  async run({ services, mode }) {
    const rows = (await services.db
      .hubQuery(mode)('api_keys')
      .orderBy('created_at')
      .limit(LIST_MAX)
      .select(...API_KEY_COLUMNS, 'key_sealed')) as (ApiKeyRow & { key_sealed: Buffer | null })[]
    const data = rows.map((row) =>
      toKeyView(
        toApiKey(mode, row),
        row.key_sealed && open(services.masterKey, 'api-key', row.key_sealed),
      ),
    )
    return { data, page: onePage }
  },
})
