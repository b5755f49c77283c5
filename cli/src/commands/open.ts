import { Args, Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../base-command.ts'
import { environmentFlag } from '../flags.ts'

const pages = ['login', 'signup', 'account', 'mailbox'] as const

export default class Open extends BaseCommand<typeof Open> {
  static override summary = 'Open the pages or the mailbox in a browser'
  static override description = 'Prints the address; opens it too when a person sits at a terminal.'
  static override examples = [
    { description: 'The sign-in page', command: '<%= config.bin %> open' },
    {
      description: 'The mails that the local instance sent',
      command: '<%= config.bin %> open mailbox',
    },
    { description: 'Only the address', command: '<%= config.bin %> open signup --print' },
  ]
  static override args = {
    page: Args.string({ description: 'What to open', options: [...pages], default: 'login' }),
  }
  static override flags = {
    print: Flags.boolean({ description: 'Print the address only' }),
    ...environmentFlag,
  }

  protected async execute({ args, flags, output }: CommandInput<typeof Open>) {
    const { findInstance } = await import('../state/find-instance.ts')
    const { openInBrowser } = await import('../open-in-browser.ts')
    const { instance } = await findInstance(flags.env)
    const url = args.page === 'mailbox' ? instance.mailboxUrl : `${instance.publicUrl}/${args.page}`
    const opened = flags.print || !output.canAsk ? false : await openInBrowser(url)
    return { result: { url, opened }, show: () => output.data(url) }
  }
}
