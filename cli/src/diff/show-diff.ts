import type { Output } from '../output/output.ts'
import type { Style } from '../output/style.ts'
import type { DiffResult } from './diff-versions.ts'
import { wordDiff } from './word-diff.ts'

export function showDiff(output: Output, diff: DiffResult): void {
  const { style } = output
  const { settings, files, migrations } = diff
  const fileCount = files.added.length + files.changed.length + files.removed.length
  output.data(style.bold(`${diff.from} ${style.marks.arrow} ${diff.to}`))
  if (settings.length + fileCount === 0) {
    output.data('No difference.')
    return
  }
  if (settings.length > 0) {
    output.data(`\n${style.bold('Settings')}`)
    for (const { path, from, to } of settings) {
      const lines = valueLines(from, to, style)
      if (lines.length === 1 && !Array.isArray(to)) output.data(`  ${path}  ${lines[0]}`)
      else for (const line of [path, ...lines.map((item) => `  ${item}`)]) output.data(`  ${line}`)
    }
  }
  if (migrations.length > 0) {
    output.data(`\n${style.bold('Migrations')}`)
    for (const { name, kind, change } of migrations) {
      const note = kind === 'contract' ? 'contract: no rollback beyond it' : kind
      output.data(`  ${sign[change]} ${name} ${style.dim(note)}`)
    }
  }
  output.data(`\n${style.bold('Files')}`)
  const paths = [
    ...files.added.map((path) => ({ path, change: 'added' as const })),
    ...files.changed.map((path) => ({ path, change: 'changed' as const })),
    ...files.removed.map((path) => ({ path, change: 'removed' as const })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1))
  for (const { path, change } of paths) output.data(`  ${sign[change]} ${path}`)
}

const sign = { added: '+', changed: '~', removed: '-' }

/** Short values as `old → new`; lists by item; longer text by words. */
function valueLines(from: unknown, to: unknown, style: Style): string[] {
  if (Array.isArray(from) && Array.isArray(to)) return listLines(from, to, style)
  const before = from === undefined ? 'not set' : inWords(from)
  const after = to === undefined ? 'not set' : inWords(to)
  const isText = typeof from === 'string' && typeof to === 'string' && /\s/.test(from + to)
  if (!isText) return [`${style.dim(before)} ${style.marks.arrow} ${style.accent(after)}`]
  const pieces = wordDiff(from, to).map(({ kind, text }) => {
    if (kind === 'same') return text
    if (style.hasColour) return kind === 'old' ? style.dim(text) : style.accent(text)
    return kind === 'old' ? `[-${text}-]` : `{+${text}+}`
  })
  return [pieces.join('')]
}

function listLines(from: unknown[], to: unknown[], style: Style): string[] {
  const before = from.map(inWords)
  const after = to.map(inWords)
  const removed = before.filter((item) => !after.includes(item))
  const added = after.filter((item) => !before.includes(item))
  if (removed.length + added.length === 0) return [style.dim('same items in another order')]
  return [
    ...removed.map((item) => style.dim(`- ${item}`)),
    ...added.map((item) => style.accent(`+ ${item}`)),
  ]
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
