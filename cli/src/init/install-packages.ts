import { runChild } from '../child/run-child.ts'
import { toolEnv } from '../child/tool-env.ts'
import { exitCodes, UserError } from '../errors.ts'

/** `npm install` in a folder of its own, also where a monorepo's workspaces lie around it. */
export async function installPackages(folder: string, signal: AbortSignal): Promise<void> {
  // Without --prefix npm would walk up and write into the workspace root: not our files.
  const args = ['install', '--prefix', folder, '--workspaces=false', '--ignore-scripts']
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
  const result = await runChild('npm', [...args, ...quiet], {
    cwd: folder,
    env: toolEnv(),
    signal,
    timeoutSeconds: 900,
  })
  if (result.exitCode === 0) return
  throw new UserError({
    code: 'install_failed',
    what: 'npm install failed.',
    why: lastWords(result.stderr || result.stdout) || `npm ended with ${result.exitCode}.`,
    next: [
      'Check the network and the npm registry, then run the command again.',
      'Or run it with --no-install and install later. Nothing was written.',
    ],
    exitCode: exitCodes.infrastructure,
  })
}

/** The project's own `npm test`. */
export async function runProjectTests(
  folder: string,
  signal: AbortSignal,
  talk: (line: string) => void,
): Promise<void> {
  const lines: string[] = []
  const result = await runChild('npm', ['test', '--silent', '--prefix', folder], {
    cwd: folder,
    env: toolEnv(),
    signal,
    timeoutSeconds: 300,
    onLine: (line) => lines.push(line),
  })
  if (result.exitCode === 0) return
  for (const line of lines.slice(-30)) talk(line)
  throw new UserError({
    code: 'tests_failed',
    what: "The new project's own tests failed.",
    why: `npm test ended with ${result.exitCode}; its last lines are above.`,
    next: [
      'authstack doctor shows what this computer lacks.',
      'Or run it with --no-install and look into it in the project. Nothing was written.',
    ],
  })
}

function lastWords(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!)\s*(code\s*)?/, '').trim())
    .filter((line) => line && !/complete log of this run|_logs/.test(line))
  return lines.slice(0, 3).join(' · ').slice(0, 300)
}
