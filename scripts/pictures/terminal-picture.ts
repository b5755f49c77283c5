import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { repository } from '../lib/repository.ts'
import { ansiToHtml } from './ansi-to-html.ts'

const columns = 80
const rows = 30
const timeoutSeconds = 600
const finishedMark = 'AUTHSTACK-PICTURE-END'

/** Runs a command in a real terminal (tmux) and takes a picture of what it leaves on the screen. */
export async function takeTerminalPicture(
  browser: Browser,
  command: string,
  path: string,
): Promise<void> {
  const screen = await runInTerminal(command)
  const context = await browser.newContext({
    viewport: { width: 880, height: 620 },
    deviceScaleFactor: 2,
  })
  const page = await context.newPage()
  const shown = command.replace(/^cd \S+ && /, '')
  await page.setContent(document(`<b>$ ${shown}</b>\n${ansiToHtml(screen)}`))
  await page.screenshot({ path })
  await context.close()
}

async function runInTerminal(command: string): Promise<string> {
  const session = `authstack-picture-${process.pid}`
  const tmux = (...args: string[]) => execFileSync('tmux', args, { encoding: 'utf8' })
  const program = `export PATH='${join(repository, 'bin')}':"$PATH"; clear; ${command}; tmux wait-for -S ${finishedMark}; sleep 60`
  tmux(
    'new-session',
    '-d',
    '-s',
    session,
    '-x',
    `${columns}`,
    '-y',
    `${rows}`,
    'bash',
    '-c',
    program,
  )
  try {
    execFileSync('tmux', ['wait-for', finishedMark], { timeout: timeoutSeconds * 1000 })
    await sleep(500)
    return tmux('capture-pane', '-p', '-e', '-t', session).trimEnd()
  } finally {
    tmux('kill-session', '-t', session)
  }
}

function document(content: string): string {
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; background: #ececf1; display: grid; place-items: center; height: 100vh }
    pre { margin: 0; padding: 24px 28px; border-radius: 10px; background: #16161d; color: #e4e4e7;
          font: 15px/1.5 "DejaVu Sans Mono", "Liberation Mono", monospace; min-width: 80ch; box-sizing: border-box;
          box-shadow: 0 12px 40px rgb(0 0 0 / 0.25) }
  </style><pre>${content}</pre>`
}
