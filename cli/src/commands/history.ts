import { BaseCommand, type CommandInput } from '../base-command.ts'
import { environmentFlag } from '../flags.ts'

export default class History extends BaseCommand<typeof History> {
  static override summary = 'List versions and who released them when'
  static override description =
    'Newest first. The marked version serves now; any version that is kept can be rolled back to.'
  static override examples = [
    { description: 'Of the local environment', command: '<%= config.bin %> history' },
    { description: 'For a script', command: '<%= config.bin %> history --json' },
  ]
  static override flags = { ...environmentFlag }

  protected async execute({ flags, output }: CommandInput<typeof History>) {
    const { listHistory } = await import('../history/list-history.ts')
    const { showHistory } = await import('../history/show-history.ts')
    const result = await listHistory(flags.env)
    return { result, show: () => showHistory(output, result) }
  }
}
