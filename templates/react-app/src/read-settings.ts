/** Where the sign-in service is and which key this app uses. Both are public. */
export interface Settings {
  apiKey: string
  endpoint: string
}

/**
 * Asks this app's own backend, so one build serves any instance. A client that is served without the backend
 * (a static host) falls back to the `VITE_` values of its build.
 */
export async function readSettings(): Promise<Settings> {
  const built: Settings = {
    apiKey: import.meta.env.VITE_AUTHSTACK_KEY ?? '',
    endpoint: import.meta.env.VITE_AUTHSTACK_ENDPOINT ?? '',
  }
  const served = await askBackend()
  const settings = served ?? built
  if (!settings.apiKey || !settings.endpoint) {
    throw new Error('This app does not know its sign-in service.')
  }
  return settings
}

async function askBackend(): Promise<Settings | null> {
  try {
    const response = await fetch('/config.json', { signal: AbortSignal.timeout(5000) })
    const isJson = response.headers.get('content-type')?.includes('json')
    return response.ok && isJson ? ((await response.json()) as Settings) : null
  } catch {
    return null
  }
}
