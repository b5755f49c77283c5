import { Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class UsersCreate extends BaseCommand<typeof UsersCreate> {
  static override summary = 'Create a user'
  static override description =
    `Without a password the person sets one through "Forgot password". A password is typed unseen
or piped in; it is never a flag, because other users of this computer see flags.`
  static override examples = [
    {
      description: 'The person sets the password',
      command: '<%= config.bin %> users create --email ada@example.com --first-name Ada',
    },
    {
      description: 'With a password from a file',
      command:
        '<%= config.bin %> users create --email ada@example.com --with-password --verified < password.txt',
    },
  ]
  static override flags = {
    email: Flags.string({ description: 'Address to sign in with', helpValue: '<address>' }),
    'first-name': Flags.string({ description: 'First name', helpValue: '<name>' }),
    'last-name': Flags.string({ description: 'Last name', helpValue: '<name>' }),
    'with-password': Flags.boolean({ description: 'Read a password from stdin, or ask for it' }),
    verified: Flags.boolean({ description: 'The address is known to be theirs' }),
    ...environmentFlag,
    ...modeFlag,
  }

  protected async execute({ flags, output, signal }: CommandInput<typeof UsersCreate>) {
    const { findInstance } = await import('../../state/find-instance.ts')
    const { openOperator } = await import('../../operator/operator-client.ts')
    const { createUser } = await import('../../users/users.ts')
    const { askSecret, askText } = await import('../../prompt/ask.ts')
    const { instance } = await findInstance(flags.env)
    const email = await askText(output, {
      flag: '--email',
      message: 'Email',
      value: flags.email,
      validate: (text) =>
        /^\S+@\S+$/.test(text) ? true : 'An address looks like ada@example.com.',
    })
    const password = flags['with-password']
      ? await askSecret(output, {
          message: 'Password',
          howToPipe: 'Pipe it in: authstack users create --with-password ... < file',
        })
      : undefined
    const result = await createUser(await openOperator(instance, flags.mode, signal), {
      email,
      password,
      firstName: flags['first-name'],
      lastName: flags['last-name'],
      emailVerified: flags.verified || undefined,
    })
    const { talkStyle: style } = output
    const show = () => {
      output.talk(`${style.accent(style.marks.done)} ${result.email} is created.`)
      output.data(result.id)
    }
    return { result, show }
  }
}
