import { existsSync } from 'node:fs'
import path from 'node:path'
import { appRoot } from './env.ts'

/**
 * Takes `.env.local` (written by `authstack connect`) and `.env` into the environment. What is set already stays:
 * a value from the process manager wins over both files.
 */
export function loadEnvFiles(): void {
  for (const name of ['.env.local', '.env']) {
    const file = path.join(appRoot, name)
    if (existsSync(file)) process.loadEnvFile(file)
  }
}
