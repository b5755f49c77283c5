import { Problem } from '../errors.ts'

/** A refusal by Keycloak (4xx) that the caller of the door must understand. */
export class KeycloakRefusal extends Error {
  readonly status: number
  readonly error: string
  readonly description: string

  constructor(status: number, error: string, description: string) {
    super(`Keycloak refused: ${status} ${error} ${description}`)
    this.name = 'KeycloakRefusal'
    this.status = status
    this.error = error
    this.description = description
  }
}

/** Keycloak is away or slow: 503, so that callers keep their tokens and try again. */
export function keycloakDown(cause: unknown): Problem {
  return new Problem('unavailable', {
    detail: 'Sign-in is not available for a moment. Try again.',
    retryAfterSeconds: 2,
    cause,
  })
}

const TIMEOUT_MILLISECONDS = 15_000

/** POSTs a form to a token endpoint and gives the JSON answer; 4xx becomes a `KeycloakRefusal`. */
export async function postForm(
  url: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const response = await send(url, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  })
  const body = (await readJson(response)) as Record<string, unknown>
  if (response.ok) return body
  throw new KeycloakRefusal(
    response.status,
    String(body.error ?? ''),
    String(body.error_description ?? ''),
  )
}

/** GETs a public JSON document; null when it is not there. */
export async function getJson(url: string): Promise<unknown> {
  const response = await send(url, {})
  const body = await readJson(response)
  return response.ok ? body : null
}

async function send(url: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) })
  } catch (error) {
    throw keycloakDown(error)
  }
  if (response.status >= 500) {
    await response.body?.cancel()
    throw keycloakDown(
      new Error(`Keycloak answered ${response.status} to ${new URL(url).pathname}`),
    )
  }
  return response
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return {}
  }
}
