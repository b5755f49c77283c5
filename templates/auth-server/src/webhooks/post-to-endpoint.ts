import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import { findAddress, type Lookup } from './find-address.ts'

const TIMEOUT_MS = 10_000
/** More is not read; the rest is the receiver's own affair. */
const ANSWER_BYTES_MAX = 64 * 1024
/** Of an answer in the delivery log. */
const LOGGED_CHARACTERS_MAX = 2000

/** What came of one call. `status` null: there was no answer, and `error` says why. */
export interface PostResult {
  status: number | null
  milliseconds: number
  /** The beginning of the answer. */
  response: string | null
  error: string | null
  retryAfterSeconds: number | null
}

export interface PostOptions {
  /** On a developer's machine: `http:` and loopback, and only together. */
  isLocal: boolean
  lookup?: Lookup
  timeoutMs?: number
  /** An authority of one's own, for tests. */
  ca?: string
}

/**
 * Sends a body to a URL of the customer's: the only place that does. Over TLS, to a public address
 * that was resolved once and is connected to itself; a redirect is an answer and is not followed.
 * Never throws.
 */
export async function postToEndpoint(
  url: string,
  headers: Record<string, string>,
  body: string,
  options: PostOptions,
): Promise<PostResult> {
  const startedAt = performance.now()
  const signal = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS)
  try {
    const answer = await Promise.race([
      post(new URL(url), headers, body, signal, options),
      rejectWhenAborted(signal),
    ])
    return { ...answer, error: null, milliseconds: since(startedAt) }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const text = signal.aborted ? 'No answer in time' : code ? `${message} (${code})` : message
    const none = { status: null, response: null, retryAfterSeconds: null }
    return { ...none, error: text.slice(0, 300), milliseconds: since(startedAt) }
  }
}

async function post(
  url: URL,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
  { isLocal, lookup, ca }: PostOptions,
): Promise<Pick<PostResult, 'status' | 'response' | 'retryAfterSeconds'>> {
  const isPlain = url.protocol === 'http:'
  if (isPlain && !isLocal) throw new Error('Only https is sent to')
  const target = await findAddress(url.hostname, {
    allowLoopback: isLocal,
    ...(lookup ? { lookup } : {}),
  })
  if (isPlain && !isLoopback(target.address)) throw new Error('http is for this computer only')
  const send = isPlain ? httpRequest : httpsRequest
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = send({
      method: 'POST',
      // The checked address itself; the name stays for TLS and for the Host header.
      host: target.address,
      family: target.family,
      port: url.port || (isPlain ? 80 : 443),
      path: `${url.pathname}${url.search}`,
      ...(isIP(url.hostname.replace(/^\[|\]$/g, '')) ? {} : { servername: url.hostname }),
      headers: { ...headers, Host: url.host, 'Content-Length': Buffer.byteLength(body) },
      // A connection of its own: a kept one was made to an address that was checked for another call.
      agent: false,
      signal,
      ...(ca ? { ca } : {}),
    })
    request.once('response', resolve)
    request.once('error', reject)
    request.end(body)
  })
  return {
    status: response.statusCode ?? null,
    response: (await readStart(response)).slice(0, LOGGED_CHARACTERS_MAX),
    retryAfterSeconds: retryAfter(response.headers['retry-after']),
  }
}

async function readStart(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes >= ANSWER_BYTES_MAX) break // leaving the loop destroys the connection
  }
  // NUL is no text to PostgreSQL.
  return Buffer.concat(chunks).subarray(0, ANSWER_BYTES_MAX).toString('utf8').replaceAll('\0', '')
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}

function retryAfter(header: string | undefined): number | null {
  return header && /^\d{1,6}$/.test(header) ? Number(header) : null
}

/** A name that does not resolve cannot be aborted; it is left behind. */
function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

function since(startedAt: number): number {
  return Math.round(performance.now() - startedAt)
}
