import { execFileSync } from 'node:child_process'
import { repository } from '../lib/repository.ts'
import { errorWords } from './error-words.ts'

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

/** File name to text of every page under docs/errors. Throws when a code has no words yet. */
export function errorPages(registry: Record<string, Kind>): Map<string, string> {
  const codes = Object.keys(registry).sort()
  const pages = new Map(codes.map((code) => [`${code}.md`, page(code, registry[code] as Kind)]))
  return pages.set('README.md', index(codes, registry))
}

function page(code: string, { status, title, fixer }: Kind): string {
  const words = errorWords[code]
  if (!words) throw new Error(`scripts/docs/error-words.ts has no words for '${code}'`)
  return `# ${code}

**${title}.** Status ${status}.

| | |
|---|---|
| Why | ${words.why} |
| Who can fix it | ${fixers[fixer]} |
| Next step | ${words.next} |
`
}

function index(codes: string[], registry: Record<string, Kind>): string {
  const rows = codes.map((code) => {
    const { status, title } = registry[code] as Kind
    return `| [${code}](${code}.md) | ${status} | ${title} |`
  })
  return `# Errors

Every answer that is not a success is \`application/problem+json\` (RFC 9457) with one of these codes.
Made by \`node scripts/docs/write-error-pages.ts\` from the server's registry; not edited by hand.

| code | status | |
|---|---:|---|
${rows.join('\n')}
`
}
