import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { z } from 'zod'
import { settingsError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { type Literal, type Node, readLiteral } from './literal.ts'
import type { Settings } from './settings-schema.ts'

/**
 * The project's settings, read as data from `file` (authstack.config.ts) and checked. Exit 3, with
 * the line, when it is not a literal or a value is wrong.
 */
export async function readSettings(file: string): Promise<Settings> {
  const source = await readFile(file, 'utf8').catch((error) => {
    throw settingsError({
      code: 'settings_missing',
      what: `${basename(file)} cannot be read.`,
      why: error.code === 'ENOENT' ? `There is no ${file}.` : error.message,
      next: [`Bring it back from git: git checkout -- ${basename(file)}`],
    })
  })
  return parseSettings(source, basename(file))
}

/** As `readSettings`, for text in hand (a file of an old release, say). */
export async function parseSettings(source: string, fileName: string): Promise<Settings> {
  const literal = await settingsLiteral(source, fileName)
  const { SettingsSchema } = await import('./settings-schema.ts')
  const parsed = SettingsSchema.safeParse(literal.value)
  if (!parsed.success) throw wrongValues(parsed.error.issues, literal, fileName)
  checkNames(parsed.data, SettingsSchema.shape, literal, fileName)
  return parsed.data
}

/** The settings as plain data, unchecked, with the line of every value. */
export async function settingsLiteral(source: string, fileName: string): Promise<Literal> {
  const { parseModule } = await import('magicast')
  let program: Node
  try {
    program = parseModule(source).$ast as unknown as Node
  } catch (error) {
    const at = (error as { loc?: { line: number } }).loc
    throw settingsError({
      code: 'settings_syntax',
      what: `${fileName}${at ? ` line ${at.line}` : ''} is not valid TypeScript.`,
      why: (error as Error).message.split('\n')[0] ?? '',
      next: ['Put the line right and run the command again.'],
      cause: error,
    })
  }
  const statement = (program.body as Node[]).find(({ type }) => type === 'ExportDefaultDeclaration')
  if (!statement) {
    throw settingsError({
      code: 'settings_no_default',
      what: `${fileName} exports no settings.`,
      why: 'The settings are its default export: export default { ... } satisfies Settings.',
      next: ['Write the object after `export default`.'],
    })
  }
  return readLiteral(statement.declaration as Node, source, fileName)
}

function wrongValues(issues: z.core.$ZodIssue[], literal: Literal, fileName: string) {
  const sentences = issues.map((issue) => {
    const path = issue.path.map(String)
    return `line ${lineAt(literal, path)}: ${path.join('.') || 'the settings'} ${words(issue)}`
  })
  return settingsError({
    code: 'settings_invalid',
    what: `${fileName} ${sentences[0]}.`,
    why: sentences.slice(1, 4).join('; ') || 'The value is not one that this setting takes.',
    next: ['Put it right and run the command again. The comments in the file say what it takes.'],
  })
}

function words(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return /undefined/.test(issue.message) ? 'is missing' : `must be of type ${issue.expected}`
  }
  return issue.message.startsWith('must') ? issue.message : lowerFirst(issue.message)
}

/** A misspelt name is an error; a name that we do not know at all may be the server's own. */
function checkNames(
  settings: Settings,
  shape: Record<string, unknown>,
  literal: Literal,
  fileName: string,
): void {
  for (const key of Object.keys(settings)) {
    if (key in shape) continue
    const meant = nearest(key, Object.keys(shape))
    if (!meant) continue
    throw settingsError({
      code: 'settings_unknown_name',
      what: `${fileName} line ${lineAt(literal, [key])}: there is no setting "${key}".`,
      why: `The nearest is "${meant}".`,
      next: [`Rename it to ${meant}.`],
    })
  }
}

/** Line of a value, or of the nearest thing around it that exists. */
function lineAt(literal: Literal, path: string[]): number {
  for (let length = path.length; length >= 0; length--) {
    const line = literal.lines.get(path.slice(0, length).join('.'))
    if (line !== undefined) return line
  }
  return 1
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
