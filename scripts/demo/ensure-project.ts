import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { runAuthstack } from '../lib/run-authstack.ts'
import type { DemoFolder } from './demo-folder.ts'

/**
 * The demo's project with the sample app beside it, made by `authstack init` the first time.
 * It is a git repository of its own, so nothing of it lands in the clone around it.
 */
export async function ensureProject(folder: DemoFolder): Promise<{ app: string }> {
  const app = join(folder.project, 'app')
  if (existsSync(join(folder.project, '.authstack', 'project.json'))) return { app }
  mkdirSync(folder.project, { recursive: true })
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: folder.project })
  await runAuthstack(['init', folder.project, '--name', 'Acme', '--with-app', '--yes'], {
    cwd: folder.root,
    showProgress: true,
  })
  return { app }
}
