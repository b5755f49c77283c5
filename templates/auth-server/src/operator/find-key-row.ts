import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { OperatorContext } from '../http/context.ts'
import { API_KEY_COLUMNS, type ApiKey, type ApiKeyRow, toApiKey } from '../keys/api-key.ts'
import { open } from '../keys/envelope.ts'

export const keyParams = z.object({ keyId: z.string().regex(/^[0-9A-Za-z]{8}$/) })

/** The key by its id, with its clear text when it is publishable; 404 when there is none. */
export async function findKeyById(
  { services, mode }: OperatorContext,
  id: string,
): Promise<{ key: ApiKey; clear: string | null }> {
  const row = (await services.db
    .hubQuery(mode)('api_keys')
    .where({ id })
    .first(...API_KEY_COLUMNS, 'key_sealed')) as
    | (ApiKeyRow & { key_sealed: Buffer | null })
    | undefined
  if (!row) throw new Problem('not_found')
  return {
    key: toApiKey(mode, row),
    clear: row.key_sealed && open(services.masterKey, 'api-key', row.key_sealed),
  }
}
