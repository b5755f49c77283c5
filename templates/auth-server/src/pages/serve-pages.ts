import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import express, { type Express, type Request, type Response } from 'express'
import { type Mode, modes } from '../db/mode.ts'
import type { Services } from '../services.ts'
import { errorPage } from './error-page.ts'
import { PAGE_PATHS, pagesBasePath } from './pages-path.ts'

const DIST = fileURLToPath(new URL('../../web/dist/', import.meta.url))
const PLACEHOLDER = '<!--authstack-config-->'

/**
 * Serves the built pages of `web/` with their configuration put in. One document for all paths; the
 * page itself looks at its address.
 */
export function servePages(
  app: Express,
  services: Services,
  keys: () => Promise<Record<Mode, string>>,
): void {
  app.use(
    '/assets',
    // Names of built files hold their content's hash, so they never change.
    express.static(`${DIST}assets`, {
      immutable: true,
      maxAge: '1y',
      index: false,
      fallthrough: true,
    }),
  )
  for (const mode of modes) {
    app.get(pagesBasePath(mode) || '/', (_request: Request, response: Response) => {
      response.redirect(302, `${pagesBasePath(mode)}/login`)
    })
    for (const path of PAGE_PATHS) {
      app.get(pagesBasePath(mode) + path, async (_request: Request, response: Response) => {
        const document = await readFile(`${DIST}index.html`, 'utf8').catch(() => null)
        if (document === null) return sendMissing(services, response)
        const key = await keys().catch(() => null)
        // A person looks at this, so it is a page and not a problem document.
        if (!key) return sendDown(services, response)
        response
          .status(200)
          .setHeader('Cache-Control', 'no-store')
          .type('html')
          .send(document.replace(PLACEHOLDER, () => configTag(services, mode, key[mode])))
      })
    }
  }
}

function configTag({ env, settings }: Services, mode: Mode, apiKey: string): string {
  const config = JSON.stringify({
    apiKey,
    endpoint: env.publicUrl,
    mode,
    basePath: pagesBasePath(mode),
    name: settings.name,
    // `<` would end the script element early, whatever the settings hold.
  }).replaceAll('<', '\\u003c')
  return `<script type="application/json" id="authstack-config">${config}</script>`
}

function sendMissing({ settings }: Services, response: Response): void {
  const page = errorPage(503, {
    name: settings.name,
    title: 'The pages are not built yet',
    text: 'Run "npm run build" in the project, or deploy it.',
  })
  response.status(page.status).set(page.headers).send(page.body)
}

function sendDown({ settings }: Services, response: Response): void {
  const page = errorPage(503, {
    name: settings.name,
    title: 'Sign-in is away for a moment',
    text: 'Wait a little and load this page again.',
  })
  response
    .status(page.status)
    .set({ ...page.headers, 'Retry-After': '5' })
    .send(page.body)
}
