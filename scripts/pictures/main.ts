import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Demo } from '../demo/demo.ts'
import { repository } from '../lib/repository.ts'
import { say } from '../lib/terminal.ts'
import { takePagePicture } from './page-picture.ts'
import { takeTerminalPicture } from './terminal-picture.ts'

/**
 * Makes the pictures of the README from the running demo: the sign-in page and a terminal.
 * Needs Chromium and tmux. `node scripts/pictures/main.ts ["command for the terminal"]`
 */
const folder = join(repository, 'docs', 'images')
mkdirSync(folder, { recursive: true })
const printed = execFileSync(join(repository, 'bin', 'demo'), ['--json'], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
})
const demo: Demo = JSON.parse(printed.trim().split('\n').at(-1) ?? '')
const browser = await chromium.launch({
  executablePath: process.env.AUTHSTACK_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
try {
  await takePagePicture(browser, `${demo.pages}/login`, join(folder, 'sign-in.png'))
  const command = process.argv[2] ?? `cd ${demo.project} && authstack deploy --env local --yes`
  await takeTerminalPicture(browser, command, join(folder, 'terminal.png'))
} finally {
  await browser.close()
}
say('Written: docs/images/sign-in.png, docs/images/terminal.png. Look at them.')
