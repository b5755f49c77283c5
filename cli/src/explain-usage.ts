import { fileURLToPath } from 'node:url'
import { type UserError, usageError } from './errors.ts'
import { nearest } from './nearest.ts'

type Known = { id: string; flags: string[] }

/** oclif's own errors (unknown command, wrong flag, missing argument) in our words: exit 2. */
export async function explainUsage(
  error: Error,
  argv: string[],
  packageRoot: URL,
): Promise<UserError> {
  const words = argv.filter((word) => !word.startsWith('-'))
  const commands = await knownCommands(packageRoot)
  // The longest run of words that is a command: "keys create" before "keys".
  const command = [words.slice(0, 2).join(' '), words[0] ?? '']
    .map((id) => commands.find((known) => known.id === id))
    .find(Boolean)
  if (!command) return unknownCommand(words, commands)
  const [what, why] = inWords(error.message, command, words)
  return usageError({
    code: 'usage',
    what,
    why,
    next: [`authstack ${command.id} --help shows what it takes.`],
  })
}

async function knownCommands(packageRoot: URL): Promise<Known[]> {
  const { Config } = await import('@oclif/core/config')
  const config = await Config.load(fileURLToPath(packageRoot))
  return config.commands
    .filter(({ hidden }) => !hidden)
    .map(({ id, flags }) => ({ id: id.replaceAll(':', ' '), flags: Object.keys(flags) }))
}

function unknownCommand(words: string[], commands: Known[]): UserError {
  const ids = commands.map(({ id }) => id)
  const isTopic = ids.some((id) => id.startsWith(`${words[0]} `))
  const typed = words.slice(0, isTopic ? 2 : 1).join(' ')
  const guess = nearest(
    typed,
    isTopic ? ids : [...ids, ...new Set(ids.map((id) => id.split(' ')[0] ?? ''))],
  )
  return usageError({
    code: 'command_unknown',
    what: `There is no command "${typed}".`,
    why: guess ? `The nearest is "${guess}".` : 'It may be mistyped or of another version.',
    next: [
      guess
        ? `authstack ${guess} --help`
        : `authstack ${isTopic ? `${words[0]} ` : ''}--help lists every command.`,
    ],
  })
}

/** What and why, from the message that oclif made. */
function inWords(message: string, command: Known, words: string[]): [string, string] {
  const lines = message.split('\n').filter((line) => line && !line.startsWith('See more help'))
  const [first = '', ...rest] = lines
  const extra = /^Unexpected arguments?: (.*)$/s.exec(first)?.[1]
  if (extra || /not found$/.test(first)) {
    const argument = extra ?? words.at(command.id.split(' ').length) ?? ''
    return [`"${argument}" is one argument too many.`, `That is all that ${command.id} takes.`]
  }
  const flag = /^Nonexistent flags?: (\S+)/.exec(first)?.[1]
  if (flag) {
    const meant = nearest(flag.replace(/^-+/, ''), command.flags)
    const why = meant ? `The nearest is --${meant}.` : `${command.id} has no such flag.`
    return [`There is no flag ${flag}.`, why]
  }
  const missing = /^Missing \d+ required args?:/.test(first) ? rest[0]?.trim() : undefined
  if (missing) {
    const [name = '', ...description] = missing.split(/\s+/)
    return [`The argument <${name}> is missing.`, `It is: ${description.join(' ') || name}.`]
  }
  return [
    first.endsWith('.') ? first : `${first.replace(/:$/, '')}.`,
    rest.join(' ') || 'The value is not one it takes.',
  ]
}
