import { Args, Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../base-command.ts'
import { environmentFlag, modeFlag, yesFlag } from '../flags.ts'

export default class Connect extends BaseCommand<typeof Connect> {
  static override summary = 'Connect an existing app'
  static override description =
    `Writes key and endpoint into the app's .env.local (VITE_ or NEXT_PUBLIC_, other lines are kept),
adds the app's origin to the settings, and to its key when the instance runs. Run it again any time.`
  static override examples = [
    { description: 'The sample app', command: '<%= config.bin %> connect app' },
    {
      description: 'An app on another port',
      command: '<%= config.bin %> connect ../web --origin http://localhost:8080',
    },
    {
      description: 'With a key from elsewhere',
      command:
        '<%= config.bin %> connect ../web --key ask_live_... --endpoint https://auth.example.com',
    },
  ]
  static override args = { app: Args.string({ description: 'Folder of the app', required: true }) }
  static override flags = {
    origin: Flags.string({
      description: "Where the app runs (default: its framework's usual address)",
      helpValue: '<origin>',
    }),
    key: Flags.string({
      description: "Browser key (default: the app's own, made when missing)",
      helpValue: '<key>',
    }),
    endpoint: Flags.string({
      description: 'URL of the instance (default: that of the environment)',
      helpValue: '<url>',
    }),
    ...environmentFlag,
    ...modeFlag,
    ...yesFlag,
  }

  protected async execute({ args, flags, output, signal }: CommandInput<typeof Connect>) {
    const { connect } = await import('../connect/connect.ts')
    const { showConnect } = await import('../connect/show-connect.ts')
    const result = await connect({
      appDir: args.app,
      environment: flags.env,
      mode: flags.mode,
      key: flags.key,
      endpoint: flags.endpoint,
      origin: flags.origin,
      signal,
    })
    return { result, show: () => showConnect(output, result) }
  }
}
