import { Args } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class UsersUnlock extends BaseCommand<typeof UsersUnlock> {
  static override summary = 'Let a user sign in again after too many failures'
  static override description =
    'Forgets the failed attempts of the account. The password stays as it is.'
  static override examples = [
    { description: 'By address', command: '<%= config.bin %> users unlock ada@example.com' },
  ]
  static override args = { user: Args.string({ description: 'Id or email', required: true }) }
  static override flags = { ...environmentFlag, ...modeFlag }

  protected async execute({ args, flags, output, signal }: CommandInput<typeof UsersUnlock>) {
    const { actOnUserCommand } = await import('../../users/act-on-user-command.ts')
    return actOnUserCommand({
      environment: flags.env,
      mode: flags.mode,
      idOrEmail: args.user,
      action: 'unlock',
      done: `${args.user} may sign in again.`,
      output,
      signal,
    })
  }
}
