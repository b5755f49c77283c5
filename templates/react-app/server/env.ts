import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** What this app knows about its surroundings. All of it comes from the environment. */
export interface Env {
  /** Publishable browser key, `ask_live_...` or `ask_test_...`. */
  apiKey: string
  /** The instance as the browser reaches it, without a trailing slash. */
  endpoint: string
  /** The instance as this backend reaches it. */
  backendEndpoint: string
  /** Server key for sessions held by this backend; null when the key uses cookies of the instance. */
  secretKey: string | null
  /** Secret of the instance's webhooks, `whsec_...`; null when it sends none here. */
  webhookSecret: string | null
  mode: 'live' | 'test'
  /** This app's own origin: the only one whose requests may touch the session. */
  appOrigin: string
  host: string
  port: number
  dataDir: string
}

/** Root folder of this app. */
export const appRoot = fileURLToPath(new URL('..', import.meta.url))

/** Reads the environment, or throws one sentence that names what is missing. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const apiKey = source.VITE_AUTHSTACK_KEY ?? ''
  const endpoint = withoutSlash(source.VITE_AUTHSTACK_ENDPOINT || source.AUTHSTACK_ENDPOINT || '')
  const missing = [
    apiKey ? '' : 'VITE_AUTHSTACK_KEY',
    endpoint ? '' : 'VITE_AUTHSTACK_ENDPOINT',
  ].filter(Boolean)
  if (missing.length > 0) {
    throw new Error(
      `Set ${missing.join(' and ')} (see .env.example), or run: authstack connect <this folder>`,
    )
  }
  const port = Number(source.PORT || 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error('PORT must be a number from 0 to 65535')
  }
  return {
    apiKey,
    endpoint,
    backendEndpoint: withoutSlash(source.AUTHSTACK_ENDPOINT || endpoint),
    secretKey: source.AUTHSTACK_SECRET_KEY || null,
    webhookSecret: source.AUTHSTACK_WEBHOOK_SECRET || null,
    mode: apiKey.startsWith('ask_test_') ? 'test' : 'live',
    appOrigin: withoutSlash(source.APP_ORIGIN || `http://localhost:${port}`),
    host: source.HOST || '127.0.0.1',
    port,
    dataDir: path.resolve(appRoot, source.DATA_DIR || 'data'),
  }
}

const withoutSlash = (url: string) => url.replace(/\/+$/, '')
