import { Args } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class UsersList extends BaseCommand<typeof UsersList> {
  static override summary = 'List users, or find one'
  static override description = 'Finds by a part of the email or name.'
  static override examples = [
    { description: 'Everybody', command: '<%= config.bin %> users list' },
    { description: 'Of one company', command: '<%= config.bin %> users list @example.com' },
  ]
  static override args = { query: Args.string({ description: 'Part of an email or name' }) }
  static override flags = {
    ...environmentFlag,
    ...modeFlag,
  }

  protected async execute({ args, flags, output, signal }: CommandInput<typeof UsersList>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { listUsers } = await import('../../users/users.ts')
    const { relativeDate } = await import('../../output/dates.ts')
    const operator = await operatorOf(flags, signal)
    const result = await listUsers(operator, { query: args.query })
    const show = () => {
      if (result.data.length === 0) return output.data('No users found.')
      output.table(
        [
          { title: 'E-MAIL', value: (user) => user.email },
          { title: 'NAME', value: (user) => user.name, dropOrder: 2 },
          { title: 'VERIFIED', value: (user) => (user.emailVerified ? 'yes' : 'no') },
          { title: 'CREATED', value: (user) => relativeDate(user.createdAt), dropOrder: 1 },
          { title: 'ID', value: (user) => user.id, dropOrder: 3 },
        ],
        result.data,
      )
    }
    return { result, show }
  }
}
