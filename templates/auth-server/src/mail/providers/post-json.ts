import { MailError } from '../mail-error.ts'

const TIMEOUT_MS = 15_000
const ANSWER_CHARACTERS_MAX = 10_000

export interface JsonAnswer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: a provider's answer; each field is looked at before use.
  body: any
}

/** One call of a provider's API. What goes wrong on the way is temporary, and its error holds no key. */
export async function postJson(
  url: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<JsonAnswer> {
  const request = new Request(url, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(body),
  })
  return send(request)
}

/** As `postJson`, for a request that is signed as it is. */
export async function send(request: Request): Promise<JsonAnswer> {
  const host = new URL(request.url).host
  try {
    const response = await fetch(request, {
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = (await response.text()).slice(0, ANSWER_CHARACTERS_MAX)
    return { status: response.status, headers: response.headers, body: parse(text) }
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } }
    throw new MailError('temporary', `${host} cannot be reached: ${cause?.code ?? message}`)
  }
}

/** What to say of a refusal: the provider's own words, cut, without the key should they repeat it. */
export function words(text: unknown, ...secrets: string[]): string {
  const said = typeof text === 'string' ? text : JSON.stringify(text ?? '')
  return secrets
    .filter((secret) => secret.length > 0)
    .reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), said)
    .replace(/[^\s<>"'(),:;]+@[^\s<>"'(),:;]+/g, '[address]')
    .slice(0, 200)
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return text
  }
}
