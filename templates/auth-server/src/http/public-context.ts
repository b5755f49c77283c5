import type { Request, Response } from 'express'
import type { Services } from '../services.ts'
import type { PublicContext } from './context.ts'

const HAS_CAPITAL = /[A-Z]/

/** What is known of a request before anybody has vouched for it. */
export function publicContext(
  services: Services,
  request: Request,
  response: Response,
): PublicContext {
  return {
    services,
    requestId: String(response.locals.requestId),
    ip: callerAddress(request),
    userAgent: request.headers['user-agent']?.slice(0, 400) ?? null,
    header: (name) => one(request.headers[HAS_CAPITAL.test(name) ? name.toLowerCase() : name]),
    cookie: (name) => readCookie(request.headers.cookie, name),
    reply: {
      header: (name, value) => void response.setHeader(name, value),
      setCookie: (cookie) => void response.append('Set-Cookie', cookie),
      status: (code) => void response.status(code),
    },
  }
}

/**
 * One hop: the front drops what callers send as X-Forwarded-For and sets its own. Whatever stands
 * before the last address was said by somebody else.
 */
function callerAddress(request: Request): string {
  const forwarded = one(request.headers['x-forwarded-for'])
  const last = forwarded?.slice(forwarded.lastIndexOf(',') + 1).trim()
  return last || request.socket.remoteAddress || '127.0.0.1'
}

function one(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null
}

function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return null
}
