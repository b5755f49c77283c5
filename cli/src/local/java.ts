import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findProgram } from '../machine/find-program.ts'

/** Keycloak 26.7 runs on 17; below, its classes do not load. */
export const JAVA_MAJOR_MIN = 17

export type Java = { command: string; major: number }

/** The Java that JAVA_HOME names, else the one on PATH; null when there is none that answers. */
export async function findJava(env: NodeJS.ProcessEnv = process.env): Promise<Java | null> {
  const command = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin/java') : findProgram('java', env.PATH)
  if (!command) return null
  try {
    const { stderr } = await promisify(execFile)(command, ['-version'], { timeout: 20_000 })
    return { command, major: javaMajor(stderr) }
  } catch {
    return null
  }
}

/** The major version out of `java -version`: 8 for "1.8.0_402", 17 for "17.0.15", else 0. */
export function javaMajor(versionText: string): number {
  const match = /version "(?:1\.)?(\d+)/.exec(versionText)
  return Number(match?.[1] ?? 0)
}
