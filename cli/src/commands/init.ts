import { Args, Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../base-command.ts'
import { yesFlag } from '../flags.ts'

export default class Init extends BaseCommand<typeof Init> {
  static override summary = 'Make a new auth server project'
  static override description =
    `Asks for what no flag answers, writes the project, installs its packages, runs its own
tests and commits it. Works in a new or empty folder, in a git repository and in a folder of a
monorepo. When it fails or is interrupted, nothing is left behind.`
  static override examples = [
    { description: 'Ask everything', command: '<%= config.bin %> init' },
    { description: 'In a new folder', command: '<%= config.bin %> init acme-auth --name Acme' },
    {
      description: 'With the sample app, without questions',
      command: '<%= config.bin %> init acme-auth --name Acme --with-app --yes',
    },
    {
      description: 'In a monorepo, for a region',
      command: '<%= config.bin %> init services/auth --name Acme --region eu-central',
    },
  ]
  static override args = {
    dir: Args.string({ description: 'Folder of the project; made when missing' }),
  }
  static override flags = {
    name: Flags.string({
      description: 'Name that people see when they sign in',
      helpValue: '<name>',
    }),
    region: Flags.string({
      description:
        'Where production will run: local (decide later), us-east, us-west, eu-west, eu-central, asia-pacific, australia',
      helpValue: '<region>',
    }),
    'with-app': Flags.boolean({
      description: 'Add the sample React app, connected',
      allowNo: true,
    }),
    'app-dir': Flags.string({
      description: 'Folder of the sample app inside the project (default: app)',
      helpValue: '<folder>',
    }),
    install: Flags.boolean({
      description: 'Install packages and run the tests',
      allowNo: true,
      default: true,
    }),
    ...yesFlag,
  }

  protected async execute({ args, flags, output, signal }: CommandInput<typeof Init>) {
    const { askInit } = await import('../init/ask-init.ts')
    const { init } = await import('../init/init.ts')
    const { place, answers } = await askInit(output, {
      dir: args.dir,
      name: flags.name,
      region: flags.region,
      withApp: flags['with-app'],
      appFolder: flags['app-dir'],
      yes: flags.yes,
    })
    const result = await init({
      place,
      answers,
      shouldInstall: flags.install,
      cliVersion: this.config.version,
      output,
      signal,
    })
    const { showInit } = await import('../init/show-init.ts')
    return { result, show: () => showInit(output, result) }
  }
}
