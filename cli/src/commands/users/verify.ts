import { Args } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class UsersVerify extends BaseCommand<typeof UsersVerify> {
  static override summary = "Mark a user's address as verified"
  static override description =
    'For a person whose mail does not arrive. Make sure that the address is theirs.'
  static override examples = [
    { description: 'By address', command: '<%= config.bin %> users verify ada@example.com' },
  ]
  static override args = { user: Args.string({ description: 'Id or email', required: true }) }
  static override flags = { ...environmentFlag, ...modeFlag }

  protected async execute({ args, flags, output, signal }: CommandInput<typeof UsersVerify>) {
    const { actOnUserCommand } = await import('../../users/act-on-user-command.ts')
    return actOnUserCommand({
      environment: flags.env,
      mode: flags.mode,
      idOrEmail: args.user,
      action: 'verify',
      done: `${args.user} is verified.`,
      output,
      signal,
    })
  }
}
