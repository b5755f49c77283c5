import { createVerifier, type Verifier } from '@authstack/react/server'
import type { Env } from './env.ts'
import { Problem } from './problem.ts'

/**
 * A verifier for tokens that were minted for **this** project's backends (`aud` = `app:<project>`). The project's
 * name is asked of the instance at the first request and kept, so the app starts even while the instance is down.
 */
export function appVerifier(env: Env, fetchImpl: typeof fetch = fetch): Verifier {
  let ready: Promise<Verifier> | null = null
  const load = async () => {
    const audience = `app:${await askProject(env, fetchImpl)}`
    return createVerifier({
      endpoint: env.backendEndpoint,
      // Tokens name the public address as their issuer, whichever way this backend goes.
      publicUrl: env.endpoint,
      mode: env.mode,
      audience,
      fetch: fetchImpl,
    })
  }
  const verifier = () => {
    // A failed question is not remembered: the next request asks again.
    ready ??= load().catch((error) => {
      ready = null
      throw error
    })
    return ready
  }
  return { verify: async (...call) => (await verifier()).verify(...call) }
}

async function askProject(env: Env, fetchImpl: typeof fetch): Promise<string> {
  const unavailable = (reason: string) => {
    console.error(`AuthStack at ${env.backendEndpoint}: ${reason}`)
    return new Problem(503, 'unavailable', 'The sign-in service cannot be reached. Try again soon.')
  }
  const response = await fetchImpl(`${env.backendEndpoint}/api/v1/config`, {
    headers: { 'X-AuthStack-Key': env.apiKey, Origin: env.appOrigin },
    signal: AbortSignal.timeout(5000),
  }).catch((error) => {
    throw unavailable(String(error.cause ?? error))
  })
  if (!response.ok) throw unavailable(`GET /config answered ${response.status}`)
  const config = (await response.json()) as { project?: unknown }
  if (typeof config.project !== 'string') throw unavailable('GET /config names no project')
  return config.project
}
