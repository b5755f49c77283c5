import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Mode } from '../db/mode.ts'
import type { RawAnswer } from '../http/define-action.ts'
import type { Services } from '../services.ts'
import { errorPage } from './error-page.ts'
import { pagesBasePath } from './pages-path.ts'

/** The built pages: `npm run build` makes them from `web/`. */
export const PAGES_DIST = fileURLToPath(new URL('../../web/dist/', import.meta.url))
const PLACEHOLDER = '<!--authstack-config-->'

interface PageState {
  status?: number
  /** The app to go back to, already checked. */
  returnTo?: { url: string; name: string } | null
  /** Why the request that led here was refused. */
  error?: { code: string } | null
}

/** The one document of the hosted pages with its configuration put in; it looks at its own address. */
export async function renderPage(
  services: Services,
  mode: Mode,
  { status = 200, returnTo = null, error = null }: PageState = {},
): Promise<RawAnswer> {
  const { env, settings } = services
  const document = await readFile(`${PAGES_DIST}index.html`, 'utf8').catch(() => null)
  if (document === null) return notBuilt(settings.name)
  const keys = await services.pagesKeys().catch(() => null)
  // A person looks at this, so it is a page and not a problem document.
  if (!keys) return away(settings.name)
  const config = {
    apiKey: keys[mode],
    endpoint: env.publicUrl,
    mode,
    basePath: pagesBasePath(mode),
    name: settings.name,
    theme: settings.theme,
    logo: settings.logo,
    returnTo,
    error,
  }
  return {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
    body: document.replace(PLACEHOLDER, () => configTag(config)),
  }
}

/** `<` would end the element early, whatever the settings hold. */
function configTag(config: Record<string, unknown>): string {
  const json = JSON.stringify(config).replaceAll('<', '\\u003c')
  return `<script type="application/json" id="authstack-config">${json}</script>`
}

function notBuilt(name: string): RawAnswer {
  return errorPage(503, {
    name,
    title: 'The pages are not built yet',
    text: 'Run "npm run build" in the project, or deploy it.',
  })
}

function away(name: string): RawAnswer {
  return errorPage(503, {
    name,
    title: 'Sign-in is away for a moment',
    text: 'Wait a little and load this page again.',
  })
}
