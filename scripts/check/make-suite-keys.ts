import { runAuthstack } from '../lib/run-authstack.ts'

/** Keys that suites need and a first deploy does not make, or shows only once. */
export type SuiteKeys = {
  /** May introspect. */
  secretKey: string
  /** A native key for hosted sign-in, and the one redirect URI on its list. */
  redirectKey: string
  redirectUri: string
}

/** Makes them on the instance of the project in a folder. */
export async function makeSuiteKeys(project: string, env: NodeJS.ProcessEnv): Promise<SuiteKeys> {
  const redirectUri = 'http://localhost:4880/callback'
  const create = async (kind: string, ...flags: string[]) => {
    const args = ['keys', 'create', '--kind', kind, '--name', 'suites', ...flags]
    return (await runAuthstack<{ key: string }>(args, { cwd: project, env })).key
  }
  return {
    secretKey: await create('secret', '--scope', 'introspect'),
    redirectKey: await create('native', '--redirect-uri', redirectUri),
    redirectUri,
  }
}
