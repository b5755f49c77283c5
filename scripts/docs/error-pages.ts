import { execFileSync } from 'node:child_process'
import { repository } from '../lib/repository.ts'
import { type CliErrorWords, cliErrorWords } from './cli-error-words.ts'
import { type ErrorWords, errorWords } from './error-words.ts'
import { reactErrorWords } from './react-error-words.ts'

type Kind = { status: number; title: string; fixer: string }

const fixers: Record<string, string> = {
  caller: 'The calling program, by itself',
  user: 'The person who uses the app',
  developer: 'The developer of the app',
  operator: 'The operator of the instance',
  us: 'The maintainers of AuthStack',
}

/** The registry of the server template, read by running it: no folder imports another. */
export function readErrorRegistry(): Record<string, Kind> {
  const program = `import { PROBLEMS } from './templates/auth-server/src/errors.ts'
    console.log(JSON.stringify(PROBLEMS))`
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: repository,
    encoding: 'utf8',
  })
  return JSON.parse(printed)
}

/**
 * File name to text of every page under docs/errors. `cliErrors`: each code of the command with its
 * exit codes. Throws when a code has no words yet.
 */
export function errorPages(
  registry: Record<string, Kind>,
  cliErrors: Map<string, number[]>,
): Map<string, string> {
  const codes = Object.keys(registry).sort()
  return new Map([
    ...codes.map((code): [string, string] => [`${code}.md`, page(code, registry[code] as Kind)]),
    ...[...cliErrors].map(([code, exits]): [string, string] => [
      `${code}.md`,
      cliPage(code, exits),
    ]),
    ...Object.entries(reactErrorWords).map(([code, words]): [string, string] => [
      `${code}.md`,
      pageText(code, `**${words.title}.** From \`@authstack/react\`.`, words, fixers[words.fixer]),
    ]),
    ['README.md', index(codes, registry, cliErrors)],
  ])
}

function page(code: string, { status, title, fixer }: Kind): string {
  const words = errorWords[code]
  if (!words) throw new Error(`scripts/docs/error-words.ts has no words for '${code}'`)
  return pageText(code, `**${title}.** Status ${status}.`, words, fixers[fixer])
}

function cliPage(code: string, exits: number[]): string {
  const { title, fixer, ...words } = cliWords(code)
  const lead = `**${title}.** Printed by \`authstack\`, exit code ${exits.join(' or ')}.`
  return pageText(code, lead, words, fixer ? fixers[fixer] : 'The person who runs the command')
}

function pageText(code: string, lead: string, words: ErrorWords, fixer?: string): string {
  return `# ${code}

${lead}

| | |
|---|---|
| Why | ${words.why} |
| Who can fix it | ${fixer} |
| Next step | ${words.next} |
`
}

function cliWords(code: string): CliErrorWords {
  const words = cliErrorWords[code]
  if (!words) throw new Error(`scripts/docs/cli-error-words.ts has no words for '${code}'`)
  return words
}

function index(
  codes: string[],
  registry: Record<string, Kind>,
  cliErrors: Map<string, number[]>,
): string {
  const rows = codes.map((code) => {
    const { status, title } = registry[code] as Kind
    return `| [${code}](${code}.md) | ${status} | ${title} |`
  })
  const cliRows = [...cliErrors].map(
    ([code, exits]) => `| [${code}](${code}.md) | ${exits.join(', ')} | ${cliWords(code).title} |`,
  )
  const reactRows = Object.entries(reactErrorWords).map(
    ([code, { title }]) => `| [${code}](${code}.md) | ${title} |`,
  )
  return `# Errors

Made by \`node scripts/docs/write-error-pages.ts\` from the codes in the sources; not edited by hand.

## Of the API

Every answer that is not a success is \`application/problem+json\` (RFC 9457) with one of these codes.

| code | status | |
|---|---:|---|
${rows.join('\n')}

## Of the command

\`authstack\` prints what, why, what to do and the code on stderr; with \`--json\`, stdout holds them as \`error\`. It passes on the codes of the API as they are. Scripts may rely on codes and exit codes, never on the words.

| code | exit | |
|---|---:|---|
${cliRows.join('\n')}

## Of \`@authstack/react\`

Errors are \`AuthStackError\` with \`code\`. The package passes on the codes of the API and has these of its own.

| code | |
|---|---|
${reactRows.join('\n')}
`
}
