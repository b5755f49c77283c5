import { fileURLToPath } from 'node:url'
import { Output } from './output/output.ts'
import { quickAnswer } from './root-help.ts'

/** Runs one command line to its exit. `packageRoot` is the folder of the CLI's package.json. */
export async function main(packageRoot: URL, argv: string[]): Promise<never> {
  process.stdout.on('error', endWithReader)
  try {
    const quick = await quickAnswer(packageRoot, argv)
    if (quick !== null) {
      process.stdout.write(quick)
      process.exit(0)
    }
    const { run } = await import('@oclif/core/run')
    const { flush } = await import('@oclif/core/flush')
    await run(argv, { root: fileURLToPath(packageRoot) })
    await flush(1000)
    process.exit(process.exitCode ?? 0)
  } catch (error) {
    if (isHelpExit(error)) process.exit(0)
    const end = argv.indexOf('--')
    const before = end === -1 ? argv : argv.slice(0, end)
    const output = new Output({
      json: before.includes('--json'),
      noColor: before.includes('--no-color'),
    })
    process.exit(output.error(await explain(error, argv, packageRoot)))
  }
}

/** Whoever reads has enough (`authstack logs | head -1`): no failure, and nothing is left to be said. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit(process.exitCode ?? 0)
}

/** oclif's own errors are about the command line; everything else is printed as it is. */
async function explain(error: unknown, argv: string[], packageRoot: URL): Promise<unknown> {
  if (!(error instanceof Error) || !('oclif' in error)) return error
  const { explainUsage } = await import('./explain-usage.ts')
  return explainUsage(error, argv, packageRoot)
}

function isHelpExit(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIT'
}
