import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeMachine } from '../lib/describe-machine.ts'
import { repository } from '../lib/repository.ts'

const page = join(repository, 'docs', 'benchmarks.md')

/** The parts of docs/benchmarks.md in their order; each is written by a command of its own. */
const sections = ['instance', 'hot-path', 'import', 'scale'] as const
export type Section = (typeof sections)[number]

const head = `# Benchmarks

Not edited by hand: each part is written by the command it names, and says when and on what machine. Everything ran on one machine, over loopback.
`

/**
 * Puts one part of docs/benchmarks.md in its place and leaves the others as they are.
 * @param command as a reader would type it
 * @param body markdown that starts with a heading of the second level
 */
export function writeSection(name: Section, command: string, body: string): void {
  writeFileSync(page, placeSection(readFileSync(page, 'utf8'), name, stamp(command, body)))
}

function stamp(command: string, body: string): string {
  const [title, ...rest] = body.trim().split('\n')
  const date = new Date().toISOString().slice(0, 10)
  return [title, '', `\`${command}\`, ${date}, ${describeMachine()}.`, ...rest].join('\n')
}

/** @internal Exported for its test. */
export function placeSection(text: string, name: Section, body: string): string {
  const parts = new Map(sections.map((one) => [one, one === name ? body : readSection(text, one)]))
  const written = [...parts].flatMap(([one, part]) =>
    part ? [`<!-- ${one} -->\n${part}\n<!-- /${one} -->\n`] : [],
  )
  return [head, ...written].join('\n')
}

function readSection(text: string, name: Section): string | null {
  return text.split(`<!-- ${name} -->\n`)[1]?.split(`\n<!-- /${name} -->`)[0] ?? null
}
