import { BugError } from '../errors.ts'
import type { LocalContext } from '../local/context.ts'
import { openOperator } from '../operator/operator-client.ts'
import type { Settings } from '../project/settings-schema.ts'
import { readInstance } from '../state/instance.ts'
import type { CreatedKey, KeysDoor } from './create-first-keys.ts'

/** Keys of an instance through its operator routes. The instance is read when it is first needed. */
export function operatorKeys(context: LocalContext, settings: Settings): KeysDoor {
  const open = async (mode: 'live' | 'test') => {
    const instance = await readInstance(context.projectId, context.environment)
    if (!instance) throw new BugError('Keys are asked for before the first deploy')
    return openOperator(instance, mode, context.signal)
  }
  return {
    origins: settings.allowedOrigins,
    redirectUris: settings.redirectUris,
    async list(mode) {
      const client = await open(mode)
      const { data } = await client.call<{ data: { name: string }[] }>({
        method: 'GET',
        path: '/keys',
      })
      return data
    },
    async create(mode, key) {
      const client = await open(mode)
      return client.call<CreatedKey>({ method: 'POST', path: '/keys', body: key })
    },
  }
}
