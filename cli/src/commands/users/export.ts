import { Args, Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class UsersExport extends BaseCommand<typeof UsersExport> {
  static override summary = 'Everything that is held of a user, as one document'
  static override description =
    'Profile, sessions, memberships, invitations, places and the events about them: for a request under GDPR, articles 15 and 20.'
  static override examples = [
    {
      description: 'To a file',
      command: '<%= config.bin %> users export ada@example.com --output ada.json',
    },
  ]
  static override args = { user: Args.string({ description: 'Id or email', required: true }) }
  static override flags = {
    output: Flags.string({ description: 'A new file; without it, stdout', helpValue: '<file>' }),
    ...environmentFlag,
    ...modeFlag,
  }

  protected async execute({ args, flags, output, signal }: CommandInput<typeof UsersExport>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { exportUser } = await import('../../users/users.ts')
    const { writeExport } = await import('../../audit/write-export.ts')
    const document = await exportUser(await operatorOf(flags, signal), args.user)
    if (output.json && !flags.output) return { result: document }
    const text = JSON.stringify(document, null, 2)
    await writeExport(lines(text), flags.output)
    return {
      result: { file: flags.output },
      show: () => {
        if (flags.output) output.talk(`Everything about ${args.user} is in ${flags.output}`)
      },
    }
  }
}

async function* lines(text: string): AsyncGenerator<string> {
  yield text
}
