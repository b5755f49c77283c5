import { invalid, VerificationError } from './verification-error.ts'

interface IntrospectOptions {
  endpoint: string
  secretKey: string | undefined
  fetch: typeof globalThis.fetch
  token: string
}

/** Asks the instance whether the token's session still lives. Rejects when not, or when unknown. */
export async function introspect(options: IntrospectOptions): Promise<void> {
  const { endpoint, secretKey, fetch, token } = options
  if (!secretKey) throw new Error('createVerifier needs secretKey for { fresh: true }')
  let response: Response
  try {
    response = await fetch(`${endpoint}/api/v1/auth/introspect`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-authstack-secret': secretKey },
      body: JSON.stringify({ token }),
      redirect: 'error',
      signal: AbortSignal.timeout(5_000),
    })
  } catch (cause) {
    throw new VerificationError('unavailable', 503, 'introspection could not be reached', cause)
  }
  // Closed by default: whoever asked for freshness does not want a guess.
  if (!response.ok) {
    throw new VerificationError('unavailable', 503, `introspection answered ${response.status}`)
  }
  const answer = (await response.json()) as { active?: boolean }
  if (answer.active !== true) throw invalid('the session has ended')
}
