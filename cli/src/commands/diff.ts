import { Args } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../base-command.ts'
import { environmentFlag } from '../flags.ts'

export default class Diff extends BaseCommand<typeof Diff> {
  static override summary = 'Show what differs between two versions'
  static override description =
    'Settings by value and word, migrations by kind, and files. + is new, ~ changed, - gone.'
  static override examples = [
    { description: 'Between two versions', command: '<%= config.bin %> diff v1.0 v1.1' },
    {
      description: 'From a version to the one that serves now',
      command: '<%= config.bin %> diff v1.0',
    },
  ]
  static override args = {
    from: Args.string({ description: 'Version, such as v1.0', required: true }),
    to: Args.string({ description: 'Version (default: the one that serves now)' }),
  }
  static override flags = { ...environmentFlag }

  protected async execute({ args, flags, output }: CommandInput<typeof Diff>) {
    const { diffVersions } = await import('../diff/diff-versions.ts')
    const { showDiff } = await import('../diff/show-diff.ts')
    const result = await diffVersions(flags.env, args.from, args.to)
    return { result, show: () => showDiff(output, result) }
  }
}
