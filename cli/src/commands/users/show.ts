import { Args } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class UsersShow extends BaseCommand<typeof UsersShow> {
  static override summary = 'Show one user'
  static override description = 'Who it is, whether the address is verified, and where they belong.'
  static override examples = [
    { description: 'By address', command: '<%= config.bin %> users show ada@example.com' },
  ]
  static override args = { user: Args.string({ description: 'Id or email', required: true }) }
  static override flags = { ...environmentFlag, ...modeFlag }

  protected async execute({ args, flags, output, signal }: CommandInput<typeof UsersShow>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { showUser } = await import('../../users/users.ts')
    const { facts } = await import('../../output/facts.ts')
    const { relativeDate } = await import('../../output/dates.ts')
    const result = await showUser(await operatorOf(flags, signal), args.user)
    const show = () => {
      const organizations = result.organizations?.map(({ slug, role }) => `${slug} (${role})`)
      const lines = facts(output.style, [
        ['Email', result.email],
        ['Name', result.name],
        ['Verified', result.emailVerified ? 'yes' : 'no'],
        ['State', result.state],
        ['Locked until', result.lockedUntil],
        ['Sessions', result.sessions],
        ['Created', relativeDate(result.createdAt)],
        ['Organizations', organizations?.join(', ')],
        ['Id', result.id],
      ])
      for (const line of lines) output.data(line)
    }
    return { result, show }
  }
}
