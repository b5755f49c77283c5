import { Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class MailTest extends BaseCommand<typeof MailTest> {
  static override summary = 'Send one mail now, and look up SPF, DKIM and DMARC of its sender'
  static override description =
    'Sent by the provider of the settings, from this computer too. Exit 1 when the mail was not taken, or when a record is missing or wrong.'
  static override examples = [
    { description: 'To yourself', command: '<%= config.bin %> mail test --to ada@example.com' },
  ]
  static override flags = {
    to: Flags.string({ description: 'Who gets it', required: true, helpValue: '<address>' }),
    ...environmentFlag,
    ...modeFlag,
  }

  protected async execute({ flags, output, signal }: CommandInput<typeof MailTest>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { testMail } = await import('../../mail/mail.ts')
    const { showMailTest, mailTestFault } = await import('../../mail/show-mail-test.ts')
    const result = await testMail(await operatorOf(flags, signal), flags.to)
    const fault = mailTestFault(result)
    if (!fault) return { result, show: () => showMailTest(output, result, flags.to) }
    showMailTest(output, result, flags.to)
    throw fault
  }
}
