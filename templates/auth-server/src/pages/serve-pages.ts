import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import { type Mode, modes } from '../db/mode.ts'
import type { RawAnswer } from '../http/define-action.ts'
import type { Services } from '../services.ts'
import { findReturnTo } from './find-return-to.ts'
import { PAGE_PATHS, pagesBasePath } from './pages-path.ts'
import { PAGES_DIST, renderPage } from './render-page.ts'

/** Paths of programs, not of people: an unknown one is a problem document. */
const NO_PAGES = /^\/(api|operator|realms|resources|assets|admin)(\/|$)/

/** Serves the built pages of `web/`, live at the root and for test mode under `/test`. */
export function servePages(app: Express, services: Services): void {
  app.use(
    '/assets',
    // Names of built files hold their content's hash, so they never change.
    express.static(`${PAGES_DIST}assets`, { immutable: true, maxAge: '1y', index: false }),
  )
  for (const mode of modes) {
    const base = pagesBasePath(mode)
    app.get(base || '/', (_request: Request, response: Response) => {
      response.redirect(302, `${base}/login`)
    })
    for (const path of PAGE_PATHS) {
      app.get(base + path, async (request: Request, response: Response) => {
        const returnTo = await findReturnTo(services, mode, request.query.return).catch(() => null)
        send(response, await renderPage(services, mode, { returnTo }))
      })
    }
  }
  app.use(async (request: Request, response: Response, next: NextFunction) => {
    if (!isPersonsRequest(request)) return next()
    const mode: Mode = request.path.startsWith('/test/') ? 'test' : 'live'
    send(response, await renderPage(services, mode, { status: 404 }))
  })
}

/** Somebody typed or followed an address that is no page. */
function isPersonsRequest(request: Request): boolean {
  return (
    request.method === 'GET' &&
    !NO_PAGES.test(request.path) &&
    String(request.headers.accept ?? '').includes('text/html')
  )
}

function send(response: Response, page: RawAnswer): void {
  response.status(page.status).set(page.headers).send(page.body)
}
