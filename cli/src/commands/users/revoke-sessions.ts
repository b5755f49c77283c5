import { Args } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag, yesFlag } from '../../flags.ts'

export default class UsersRevokeSessions extends BaseCommand<typeof UsersRevokeSessions> {
  static override summary = 'Sign a user out everywhere'
  static override description =
    'Every session ends at once; access tokens of backends run out within five minutes.'
  static override examples = [
    {
      description: 'Ask first',
      command: '<%= config.bin %> users revoke-sessions ada@example.com',
    },
    {
      description: 'In a script',
      command: '<%= config.bin %> users revoke-sessions ada@example.com --yes',
    },
  ]
  static override args = { user: Args.string({ description: 'Id or email', required: true }) }
  static override flags = { ...environmentFlag, ...modeFlag, ...yesFlag }

  protected async execute({
    args,
    flags,
    output,
    signal,
  }: CommandInput<typeof UsersRevokeSessions>) {
    const { actOnUserCommand } = await import('../../users/act-on-user-command.ts')
    return actOnUserCommand({
      environment: flags.env,
      mode: flags.mode,
      idOrEmail: args.user,
      action: 'revoke-sessions',
      done: `${args.user} is signed out everywhere.`,
      question: `Sign ${args.user} out of every device?`,
      yes: flags.yes,
      output,
      signal,
    })
  }
}
