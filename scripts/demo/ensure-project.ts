import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runAuthstack } from '../lib/run-authstack.ts'
import type { DemoFolder } from './demo-folder.ts'

/** Where `init` supposes the sample app to run. */
const usualOrigin = 'http://localhost:3000'

/**
 * The demo's project with the sample app beside it, made by `authstack init` the first time.
 * It is a git repository of its own, so nothing of it lands in the clone around it.
 */
export async function ensureProject(folder: DemoFolder, appOrigin: string): Promise<string> {
  const app = join(folder.project, 'app')
  if (existsSync(join(folder.project, '.authstack', 'project.json'))) return app
  mkdirSync(folder.project, { recursive: true })
  git(folder, 'init', '--quiet', '--initial-branch=main')
  await runAuthstack(['init', folder.project, '--name', 'Waypoint', '--with-app', '--yes'], {
    cwd: folder.root,
    showProgress: true,
  })
  if (appOrigin !== usualOrigin) setAppOrigin(folder, appOrigin)
  return app
}

/** Port 3000 is another program's here: the settings name the sample app's own address, as a customer would write it. */
function setAppOrigin(folder: DemoFolder, appOrigin: string): void {
  const settings = join(folder.project, 'authstack.config.ts')
  const text = readFileSync(settings, 'utf8')
  writeFileSync(settings, text.replaceAll(usualOrigin, appOrigin))
  git(
    folder,
    ...['-c', 'user.name=AuthStack demo', '-c', 'user.email=demo@example.com'],
    ...['commit', '--quiet', '--all', '--message', 'Say where the sample app runs'],
  )
}

function git(folder: DemoFolder, ...args: string[]): void {
  execFileSync('git', args, { cwd: folder.project })
}
