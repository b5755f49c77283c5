import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/** Of one connection only (RFC 9110, 7.6.1); passing them on breaks the next one. */
const HOP_BY_HOP = new Set([
  'connection',
  'expect', // Node has answered it already
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/**
 * The headers for the upstream. What the client says about where it comes from is dropped: whoever
 * could set X-Forwarded-For would choose the address that limits and audit see.
 */
export function forwardedHeaders(request: IncomingMessage, publicUrl: URL): IncomingHttpHeaders {
  const headers = endToEnd(request.headers)
  for (const name of Object.keys(headers)) {
    if (name.startsWith('x-forwarded-') || name === 'forwarded' || name === 'x-real-ip') {
      delete headers[name]
    }
  }
  return {
    ...headers,
    'x-forwarded-for': (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    'x-forwarded-proto': publicUrl.protocol.slice(0, -1),
    'x-forwarded-host': publicUrl.host,
    'x-forwarded-port': publicUrl.port || (publicUrl.protocol === 'https:' ? '443' : '80'),
  }
}

/** A copy without the headers of the connection itself, also those that `Connection` names. */
export function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = String(headers.connection ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && !named.includes(name)),
  )
}
