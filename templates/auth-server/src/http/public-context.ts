import type { Request, Response } from 'express'
import type { Services } from '../services.ts'
import type { PublicContext } from './context.ts'

/** What is known of a request before anybody has vouched for it. */
export function publicContext(
  services: Services,
  request: Request,
  response: Response,
): PublicContext {
  return {
    services,
    requestId: String(response.locals.requestId),
    ip: request.ip ?? '127.0.0.1',
    userAgent: request.get('user-agent')?.slice(0, 400) ?? null,
    header: (name) => request.get(name) ?? null,
    cookie: (name) => readCookie(request.headers.cookie, name),
    reply: {
      header: (name, value) => void response.setHeader(name, value),
      setCookie: (cookie) => void response.append('Set-Cookie', cookie),
      status: (code) => void response.status(code),
    },
  }
}

function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return null
}
