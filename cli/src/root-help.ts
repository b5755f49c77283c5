import { readFile } from 'node:fs/promises'

type Entry = { id: string; summary?: string; description?: string; hidden?: boolean }
type PackageFile = {
  version: string
  oclif: { topics: Record<string, { description: string }> }
}

/** Commands in the order a person needs them. One in no group comes last. */
const groups: { title: string; ids: string[] }[] = [
  { title: 'START', ids: ['init', 'connect', 'dev', 'open', 'doctor'] },
  { title: 'RELEASE', ids: ['deploy', 'rollback', 'history', 'diff'] },
  { title: 'RUN', ids: ['status', 'logs', 'stop', 'unlock'] },
  { title: 'CONFIGURE', ids: ['keys', 'secrets', 'types', 'mail', 'webhooks'] },
  { title: 'SUPPORT', ids: ['orgs', 'users', 'audit', 'import'] },
]

/**
 * What `authstack`, `--help` and `--version` print, or null for any other command line. Answered
 * from two files without loading oclif: the first thing that a person types must be instant.
 */
export async function quickAnswer(packageRoot: URL, argv: string[]): Promise<string | null> {
  const [word, ...rest] = argv
  const isHelp = word === undefined || ['--help', '-h', 'help'].includes(word)
  if (rest.length > 0 || (!isHelp && word !== '--version')) return null
  const read = async (name: string) =>
    JSON.parse(await readFile(new URL(name, packageRoot), 'utf8'))
  const manifest: PackageFile = await read('package.json')
  if (!isHelp) {
    return `authstack/${manifest.version} ${process.platform}-${process.arch} node-${process.version}\n`
  }
  // Absent only while somebody works on the CLI: then oclif looks for the commands itself.
  const commands = await read('oclif.manifest.json').catch(() => null)
  if (!commands) return null
  return rootHelp(Object.values(commands.commands), manifest.oclif.topics)
}

/** The help of the whole program. */
export function rootHelp(
  commands: Entry[],
  topics: Record<string, { description?: string }>,
): string {
  const entries = new Map<string, string>()
  for (const { id, summary, description, hidden } of commands) {
    if (!hidden && !id.includes(':')) entries.set(id, summary ?? description?.split('\n')[0] ?? '')
  }
  for (const [name, { description }] of Object.entries(topics)) {
    if (commands.some(({ id }) => id.startsWith(`${name}:`))) entries.set(name, description ?? '')
  }
  const ids = [...entries.keys()]
  const width = Math.max(...ids.map((id) => id.length)) + 2
  const lines = ['Own your multi-tenant auth server.', '', 'USAGE', '  $ authstack COMMAND [FLAGS]']
  for (const group of completeGroups(ids)) {
    lines.push('', group.title)
    for (const id of group.ids) lines.push(`  ${id.padEnd(width)}${entries.get(id) ?? ''}`)
  }
  lines.push('', 'Every command takes --help, --json and --no-color. First steps:', '')
  lines.push('  $ authstack init my-auth', '  $ cd my-auth && authstack deploy', '')
  return lines.join('\n')
}

function completeGroups(known: string[]) {
  const listed = new Set(groups.flatMap(({ ids }) => ids))
  return [
    ...groups.map(({ title, ids }) => ({ title, ids: ids.filter((id) => known.includes(id)) })),
    { title: 'MORE', ids: known.filter((id) => !listed.has(id)) },
  ].filter(({ ids }) => ids.length > 0)
}
