import type { Browser } from 'playwright-core'

/** A page as a person with a light desktop sees it, sharp enough for a README. */
export async function takePagePicture(browser: Browser, url: string, path: string): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 880, height: 620 },
    deviceScaleFactor: 2,
    colorScheme: 'light',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(url, { waitUntil: 'networkidle' })
  await page.screenshot({ path })
  await context.close()
}
