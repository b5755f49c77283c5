import {
  createServer as createHttpServer,
  IncomingMessage,
  type RequestListener,
  type Server,
  ServerResponse,
} from 'node:http'
import express, { type Express } from 'express'
import type { StandingHeaders } from './security-headers.ts'

/** What one socket answers with. */
export interface Application {
  /** Gives requests and responses their methods, and answers what `listener` leaves to it. */
  app: Express
  /** Sees every request first. */
  listener: RequestListener
  /** Headers that every answer has, whoever gives it. */
  standing: StandingHeaders
}

/**
 * The HTTP server of an application, whose requests and responses are born with Express's methods.
 * Express gives each of them other prototypes when it arrives (`Object.setPrototypeOf`), which throws
 * away what V8 has learnt of their shape and makes a request five times as dear; when they have the
 * wanted prototype already, that call does nothing.
 */
export function createServer({ app, listener, standing }: Application): Server {
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse {}
  inherit(AppRequest.prototype, express.request, app)
  inherit(AppResponse.prototype, express.response, app)
  Object.defineProperty(AppResponse.prototype, 'writeHead', {
    configurable: true,
    writable: true,
    value: writeHeadWith(standing),
  })
  app.request = AppRequest.prototype as unknown as Express['request']
  app.response = AppResponse.prototype as unknown as Express['response']
  return createHttpServer(
    { IncomingMessage: AppRequest, ServerResponse: AppResponse as typeof ServerResponse },
    listener,
  )
}

type Head = [status: number, reason?: unknown, headers?: unknown]

/**
 * Puts the standing headers on when an answer leaves, which every answer does through `writeHead`: a
 * handler cannot forget them. Node writes one flat list several times faster than it takes as many
 * `setHeader`. What a handler has set itself stands.
 */
function writeHeadWith(standing: StandingHeaders) {
  return function writeHead(this: ServerResponse, ...head: Head): ServerResponse {
    const [status, own] = head
    const headers = standing(this)
    // Nobody has set a header by itself, and the answer's own come as one list.
    if (head.length === 2 && Array.isArray(own) && this.getHeaderNames().length === 0) {
      for (const part of own as string[]) headers.push(part)
      return plainWriteHead.call(this, status, headers)
    }
    for (let at = 0; at < headers.length; at += 2) {
      const name = headers[at] as string
      if (!this.hasHeader(name)) this.setHeader(name, headers[at + 1] as string)
    }
    return plainWriteHead.apply(this, head)
  }
}

const plainWriteHead = ServerResponse.prototype.writeHead as (
  this: ServerResponse,
  ...head: Head
) => ServerResponse

/** Getters and methods as they are; `app` as Express defines it on the prototypes of an application. */
function inherit(prototype: object, from: object, app: Express): void {
  Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(from))
  Object.defineProperty(prototype, 'app', {
    configurable: true,
    enumerable: true,
    writable: true,
    value: app,
  })
}
