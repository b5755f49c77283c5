import { Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class MailPreview extends BaseCommand<typeof MailPreview> {
  static override summary = 'Show every mail in every language in a browser'
  static override description =
    'As the live version would send them, your own words included. While `authstack dev` runs, the same page shows the working tree.'
  static override examples = [
    { description: 'Open the page', command: '<%= config.bin %> mail preview' },
    { description: 'Only its address', command: '<%= config.bin %> mail preview --print' },
  ]
  static override flags = {
    print: Flags.boolean({ description: 'Print the address only' }),
    ...environmentFlag,
    ...modeFlag,
  }

  protected async execute({ flags, output, signal }: CommandInput<typeof MailPreview>) {
    const { findInstance } = await import('../../state/find-instance.ts')
    const { openOperator } = await import('../../operator/operator-client.ts')
    const { readSettings } = await import('../../project/read-settings.ts')
    const { writePreview } = await import('../../mail/write-preview.ts')
    const { openInBrowser } = await import('../../open-in-browser.ts')
    const { project, instance } = await findInstance(flags.env)
    const operator = await openOperator(instance, flags.mode, signal)
    const { name } = await readSettings(project.settingsFile)
    const file = await writePreview(operator, instance.paths, name)
    const url = `${instance.mailboxUrl}/previews`
    const opened = flags.print || !output.canAsk ? false : await openInBrowser(url)
    return { result: { url, file, opened }, show: () => output.data(url) }
  }
}
