import { Args } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag, yesFlag } from '../../flags.ts'

export default class UsersErase extends BaseCommand<typeof UsersErase> {
  static override summary = 'Erase a user for good'
  static override description =
    `Access ends at once. Profile, sessions, memberships and what is personal in the audit trails go, and
their address is free again. The trails stay whole: they hold the id, which then means nobody.
The last owner of an organization is refused: transfer or delete the organization first.`
  static override examples = [
    { description: 'Ask first', command: '<%= config.bin %> users erase ada@example.com' },
    {
      description: 'In a script',
      command: '<%= config.bin %> users erase ada@example.com --yes',
    },
  ]
  static override args = {
    email: Args.string({ description: 'The email, in full', required: true }),
  }
  static override flags = { ...environmentFlag, ...modeFlag, ...yesFlag }

  protected async execute({ args, flags, output, signal }: CommandInput<typeof UsersErase>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { eraseUser, showUser } = await import('../../users/users.ts')
    const { confirmOrDecline } = await import('../../prompt/confirm.ts')
    const operator = await operatorOf(flags, signal)
    // By address only: an id that was mistyped is somebody else.
    const email = args.email.toLowerCase()
    const user = await showUser(operator, email)
    const places = user.organizations?.map(({ slug }) => slug).join(', ')
    const where = places ? ` They are in ${places}.` : ''
    await confirmOrDecline(
      output,
      `Erase ${user.email} (${user.name ?? 'no name'}) for good?${where} This cannot be undone.`,
      flags,
    )
    const result = await eraseUser(operator, email)
    const { talkStyle: style } = output
    const show = () => {
      output.talk(
        result.status === 'erased'
          ? `${style.accent(style.marks.done)} ${email} is erased.`
          : `${style.marks.running} Access of ${email} has ended; the rest goes on by itself. authstack users show ${email} says when nobody is left.`,
      )
    }
    return { result, show }
  }
}
