import { AuthStackError, toAuthStackError } from './authstack-error.ts'
import { type Core, fetchOf } from './core.ts'
import { send } from './send.ts'
import type { InstanceConfig } from './types.ts'

/** `GET /config`, once per provider; a failed attempt is tried again at the next call. */
export function loadConfig(core: Core): Promise<InstanceConfig> {
  const known = core.config.getSnapshot().data
  if (known) return Promise.resolve(known)
  core.loadingConfig ??= load(core).finally(() => {
    core.loadingConfig = null
  })
  return core.loadingConfig
}

async function load(core: Core): Promise<InstanceConfig> {
  try {
    const data = await send<InstanceConfig>(apiUrl(core, 'config'), {
      headers: { 'x-authstack-key': core.options.apiKey },
      fetch: fetchOf(core),
    })
    core.config.set({ data, error: null })
    return data
  } catch (error) {
    core.config.set({ data: null, error: toAuthStackError(error) })
    throw error
  }
}

/** Full address of a path below `/api/v1`. */
export function apiUrl(core: Core, path: string): string {
  if (!core.endpoint) {
    throw new AuthStackError(
      'No endpoint. Give AuthStackProvider endpoint="https://…" (`authstack status` prints it).',
      { code: 'endpoint_missing', status: 0 },
    )
  }
  return `${core.endpoint}/api/v1/${path}`
}
