import type { Command } from '@oclif/core'
import { Help } from '@oclif/core/help'

/** Root help in the order a person needs the commands. A command in no group comes last. */
const groups: { title: string; ids: string[] }[] = [
  { title: 'START', ids: ['init', 'connect', 'dev', 'open', 'doctor'] },
  { title: 'RELEASE', ids: ['deploy', 'rollback', 'history', 'diff'] },
  { title: 'RUN', ids: ['status', 'logs', 'stop'] },
  { title: 'CONFIGURE', ids: ['keys', 'secrets', 'types'] },
  { title: 'SUPPORT', ids: ['orgs', 'users'] },
]

export default class AuthStackHelp extends Help {
  override async showRootHelp(): Promise<void> {
    const lines = [
      'Own your multi-tenant auth server.',
      '',
      'USAGE',
      '  $ authstack COMMAND [FLAGS]',
    ]
    const entries = this.entries()
    const width = Math.max(...[...entries.keys()].map((id) => id.length)) + 2
    for (const { title, ids } of this.completeGroups([...entries.keys()])) {
      lines.push('', title)
      for (const id of ids) lines.push(`  ${id.padEnd(width)}${entries.get(id) ?? ''}`)
    }
    lines.push('', 'Every command takes --help, --json and --no-color. First steps:', '')
    lines.push('  $ authstack init my-auth', '  $ cd my-auth && authstack deploy')
    this.log(lines.join('\n'))
  }

  private entries(): Map<string, string> {
    const entries = new Map<string, string>()
    for (const command of this.sortedCommands) {
      if (!command.id.includes(':')) entries.set(command.id, summaryOf(command))
    }
    for (const topic of this.sortedTopics) {
      if (topic.description) entries.set(topic.name, topic.description)
    }
    return entries
  }

  private completeGroups(known: string[]) {
    const listed = new Set(groups.flatMap(({ ids }) => ids))
    return [
      ...groups.map(({ title, ids }) => ({ title, ids: ids.filter((id) => known.includes(id)) })),
      { title: 'MORE', ids: known.filter((id) => !listed.has(id)) },
    ].filter(({ ids }) => ids.length > 0)
  }
}

function summaryOf(command: Command.Loadable): string {
  return command.summary ?? command.description?.split('\n')[0] ?? ''
}
