import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Real Chromium, without a window. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env.AUTHSTACK_CHROMIUM ?? '/usr/bin/chromium'
  return chromium.launch({ executablePath, headless: true, args: flags })
}

/** One person's browser: cookies and storage of its own. `faults` collects what no page may do. */
export type Visitor = { context: BrowserContext; page: Page; faults: string[] }

/** Opens a browser profile with one tab. Pages must show what they show within 20 s. */
export async function newVisitor(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Visitor> {
  const context = await browser.newContext(options)
  context.setDefaultTimeout(20_000)
  const faults: string[] = []
  context.on('page', (page) => watch(page, faults))
  const page = await context.newPage()
  return { context, page, faults }
}

let folder: string | undefined

/** Keeps a picture of a page that a test failed on, and says where. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  folder ??= mkdtempSync(join(tmpdir(), 'authstack-failed-'))
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name.replace(/\W+/g, '-')}.png`)
  await page.screenshot({ path, fullPage: true }).catch(() => undefined)
  process.stdout.write(`# ${page.url()} → ${path}\n`)
}

/** Exceptions, refused scripts and tokens in addresses are faults on every page. */
function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`exception on ${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    const text = message.text()
    // The browser itself logs each 4xx; those are what some journeys are about.
    if (message.type() !== 'error' || /Failed to load resource/.test(text)) return
    faults.push(`console on ${page.url()}: ${text}`)
  })
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (/(access_token|refresh_token|id_token|eyJ)/.test(url.search)) {
      faults.push(`a token in an address: ${url.origin}${url.pathname}`)
    }
  })
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`)
  })
}
