import { fileURLToPath } from 'node:url'
import { type UserError, usageError } from './errors.ts'
import { nearest } from './nearest.ts'
import { Output } from './output/output.ts'
import { quickAnswer } from './root-help.ts'

/** Runs one command line to its exit. `packageRoot` is the folder of the CLI's package.json. */
export async function main(packageRoot: URL, argv: string[]): Promise<never> {
  try {
    const quick = await quickAnswer(packageRoot, argv)
    if (quick !== null) {
      process.stdout.write(quick)
      process.exit(0)
    }
    const { run } = await import('@oclif/core/run')
    await run(argv, { root: fileURLToPath(packageRoot) })
    const { flush } = await import('@oclif/core/flush')
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

/** oclif's own errors (unknown command, wrong flag) in our words: exit 2. */
async function explain(error: unknown, argv: string[], packageRoot: URL): Promise<unknown> {
  if (!(error instanceof Error) || !('oclif' in error)) return error
  const words = argv.filter((word) => !word.startsWith('-'))
  if (/^(command .* not found|Command .* not found)/i.test(error.message)) {
    return unknownCommand(words, packageRoot)
  }
  const [what = '', ...rest] = error.message.split('\n')
  return usageError({
    code: 'usage',
    what: what.endsWith(':') ? `${what.slice(0, -1)}.` : what,
    why:
      rest.filter((line) => line && !line.startsWith('See more help')).join(' ') ||
      'The command line could not be read.',
    next: [`See authstack ${words.slice(0, 2).join(' ')} --help`.replace('  ', ' ')],
  })
}

async function unknownCommand(words: string[], packageRoot: URL): Promise<UserError> {
  const { Config } = await import('@oclif/core/config')
  const config = await Config.load(fileURLToPath(packageRoot))
  const ids = config.commands
    .filter(({ hidden }) => !hidden)
    .map(({ id }) => id.replaceAll(':', ' '))
  const typed = words.slice(0, 2).join(' ')
  const guess = nearest(typed, ids) ?? nearest(words[0] ?? '', ids)
  return usageError({
    code: 'command_unknown',
    what: `There is no command "${words[0] ?? ''}".`,
    why: guess ? `The nearest is "${guess}".` : 'It may be mistyped or of another version.',
    next: [guess ? `authstack ${guess} --help` : 'authstack --help lists every command.'],
  })
}

function isHelpExit(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIT'
}
