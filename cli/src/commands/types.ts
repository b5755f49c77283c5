import { Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../base-command.ts'

export default class Types extends BaseCommand<typeof Types> {
  static override summary = 'Write typed permissions and roles'
  static override description =
    `From the settings, so that a misspelt permission does not compile: permission('projects:craete').
Written into an app's sources, it does the same for @authstack/react: <PermissionGate permission="projects:craete">.`
  static override examples = [
    { description: 'Beside the settings', command: '<%= config.bin %> types' },
    {
      description: 'Into an app',
      command: '<%= config.bin %> types --out app/src/authstack-types.ts',
    },
    { description: 'In CI: fail when outdated', command: '<%= config.bin %> types --check' },
  ]
  static override flags = {
    out: Flags.string({
      description: 'File to write (default: authstack-types.generated.ts)',
      helpValue: '<file>',
    }),
    check: Flags.boolean({ description: 'Write nothing; fail when the file is outdated' }),
  }

  protected async execute({ flags, output }: CommandInput<typeof Types>) {
    const { relative } = await import('node:path')
    const { writeTypes } = await import('../types/write-types.ts')
    const result = await writeTypes({ out: flags.out, check: flags.check })
    const { talkStyle: style } = output
    const show = () => {
      const file = relative(process.cwd(), result.file) || result.file
      output.talk(
        `${style.accent(style.marks.done)} ${result.permissions} permissions, ${result.roles.length} roles${result.changed ? '' : style.dim(' (unchanged)')}`,
      )
      output.data(file)
    }
    return { result, show }
  }
}
