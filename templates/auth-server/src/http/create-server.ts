import {
  createServer as createHttpServer,
  IncomingMessage,
  type Server,
  ServerResponse,
} from 'node:http'
import express, { type Express } from 'express'

/**
 * The HTTP server of an application, whose requests and responses are born with Express's methods.
 * Express gives each of them other prototypes when it arrives (`Object.setPrototypeOf`), which throws
 * away what V8 has learnt of their shape and makes a request five times as dear; when they have the
 * wanted prototype already, that call does nothing.
 */
export function createServer(app: Express): Server {
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse {}
  inherit(AppRequest.prototype, express.request, app)
  inherit(AppResponse.prototype, express.response, app)
  app.request = AppRequest.prototype as unknown as Express['request']
  app.response = AppResponse.prototype as unknown as Express['response']
  return createHttpServer(
    { IncomingMessage: AppRequest, ServerResponse: AppResponse as typeof ServerResponse },
    app,
  )
}

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
