import { mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'

// Pictures of the preview: node preview/shoot.ts <folder>, while `npm run preview` runs.
const folder = process.argv[2] ?? 'pictures'
const base = process.env.PREVIEW_URL ?? 'http://127.0.0.1:4388/'
const opened = [
  ['switcher', 'Current organization'],
  ['switcher with many', 'Current organization'],
  ['user menu', 'Account menu'],
  ['members', 'Actions for Grace'],
  ['invite', 'Invite member'],
] as const

mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
for (const theme of ['light', 'dark']) {
  for (const width of [360, 1280]) {
    const page = await browser.newPage({ viewport: { width, height: 800 } })
    page.on('pageerror', (error) => console.error(`${theme} ${width}: ${error.message}`))
    await page.goto(`${base}?theme=${theme}`)
    await page.waitForTimeout(2500)
    await page.screenshot({ path: `${folder}/all-${theme}-${width}.png`, fullPage: true })
    for (const [name, button] of opened) {
      await page.goto(`${base}?theme=${theme}&only=${encodeURIComponent(name)}`)
      await page.getByRole('button', { name: button }).click()
      await page.waitForTimeout(400)
      const file = `${folder}/${name.replaceAll(' ', '-')}-${theme}-${width}.png`
      await page.screenshot({ path: file })
    }
    await page.close()
  }
}
await browser.close()
