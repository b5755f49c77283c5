import axe from 'axe-core'
import { chromium, type Page } from 'playwright-core'

// axe on every state, and the contrast of computed colours for many primaries, in real Chromium:
// node preview/check.ts, while `npm run preview` runs. Exits 1 on a violation.
const base = process.env.PREVIEW_URL ?? 'http://127.0.0.1:4388/'
const primaries = [
  '#4f46e5',
  '#6366f1',
  '#ef4444',
  '#facc15',
  '#ffffff',
  '#000000',
  '#10b981',
  '#767676',
]
const opened = [
  ['switcher', 'Current organization'],
  ['switcher with many', 'Current organization'],
  ['user menu', 'Account menu'],
  ['members', 'Actions for Grace'],
  ['invite', 'Invite member'],
] as const
let failures = 0

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
})
for (const theme of ['light', 'dark']) {
  for (const [index, primary] of primaries.entries()) {
    const page = await open(`theme=${theme}&primary=${encodeURIComponent(primary)}`)
    for (const shown of ['.as-field-error', '.as-badge[data-tone="accent"]']) {
      await page.waitForSelector(shown)
    }
    if (index === 0) await audit(page, `${theme} ${primary}`)
    await measure(page, `${theme} ${primary}`)
    await page.close()
  }
  for (const [name, button] of opened) {
    const page = await open(`theme=${theme}&only=${encodeURIComponent(name)}`, 600)
    await page.getByRole('button', { name: button }).click()
    await page.waitForTimeout(400)
    await audit(page, `${theme} ${name} opened`)
    await page.close()
  }
}
await browser.close()
console.log(failures === 0 ? 'no violations' : `${failures} violations`)
process.exitCode = failures === 0 ? 0 : 1

async function open(query: string, settleMs = 1800): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(`${base}?${query}`)
  await page.waitForTimeout(settleMs)
  return page
}

async function audit(page: Page, name: string): Promise<void> {
  await page.addScriptTag({ content: axe.source })
  const found = await page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: put there by the script above
    const { violations } = await (window as any).axe.run(document, {
      // The gallery is many pages in one: their landmarks and headings repeat.
      rules: {
        region: { enabled: false },
        'page-has-heading-one': { enabled: false },
        'landmark-one-main': { enabled: false },
        'landmark-unique': { enabled: false },
      },
    })
    return violations.flatMap(
      (one: { id: string; nodes: { html: string; failureSummary: string }[] }) =>
        one.nodes.map(
          (node) => `${one.id}: ${node.html.slice(0, 140)} ${node.failureSummary.slice(0, 240)}`,
        ),
    )
  })
  failures += found.length
  for (const line of new Set(found)) console.error(`${name}: ${line}`)
}

/** axe cannot read every colour space, so the derived colours are measured as pixels. */
async function measure(page: Page, name: string): Promise<void> {
  const ratios = await page.evaluate(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
    const luminance = (...layers: string[]) => {
      if (!canvas) return 0
      for (const layer of layers) {
        canvas.fillStyle = layer
        canvas.fillRect(0, 0, 1, 1)
      }
      const [r = 0, g = 0, b = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((channel) => {
        const value = channel / 255
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const ratio = (selector: string, surface: string) => {
      const element = document.querySelector(selector)
      const below = document.querySelector(surface)
      if (!element || !below) return 0
      const style = getComputedStyle(element)
      const under = getComputedStyle(below).backgroundColor
      const back = luminance(under, style.backgroundColor)
      const front = luminance(under, style.backgroundColor, style.color)
      return (Math.max(back, front) + 0.05) / (Math.min(back, front) + 0.05)
    }
    return {
      button: ratio('.as-button[data-variant="primary"]', '.as-card'),
      link: ratio('.as-card .as-link', '.as-card'),
      error: ratio('.as-field-error', '.as-card'),
      badge: ratio('.as-badge[data-tone="accent"]', '.as-table-wrap'),
      muted: ratio('.as-card-foot', '.as-card'),
    }
  })
  for (const [what, value] of Object.entries(ratios)) {
    if (value >= 4.5) continue
    failures += 1
    console.error(`${name}: ${what} has a contrast of ${value.toFixed(2)}`)
  }
}
