import { Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../base-command.ts'
import { exitCodes } from '../errors.ts'
import { environmentFlag, yesFlag } from '../flags.ts'

export default class Deploy extends BaseCommand<typeof Deploy> {
  static override summary = 'Make a version of this project and let it serve'
  static override description =
    'Packages the working tree as the next version, starts what it stands on, migrates, and switches to it without losing a request. When nothing changed, it only starts what is down. A failure leaves the version before serving (exit 6). Interrupting is safe: run it again.'
  static override examples = [
    '<%= config.bin %> deploy',
    '<%= config.bin %> deploy --dry-run',
    '<%= config.bin %> deploy --env local --yes --json',
  ]
  static override flags = {
    ...environmentFlag,
    ...yesFlag,
    'dry-run': Flags.boolean({ description: 'Show the plan and change nothing' }),
  }

  protected async execute({ flags, output, signal }: CommandInput<typeof Deploy>) {
    const { openEnvironment } = await import('../deploy/open-environment.ts')
    const { deployEnvironment } = await import('../deploy/deploy-environment.ts')
    const { deployResult, showDeploy } = await import('../deploy/show-deploy.ts')
    const opened = await openEnvironment(flags.env, signal)
    const isDryRun = flags['dry-run']
    const answer = await deployEnvironment(opened, { output, signal, isDryRun })
    const instance = answer.outcome === 'planned' ? null : opened.machine.instance()
    return {
      result: deployResult(answer, instance),
      show: () => showDeploy(output, answer, instance),
      exitCode: answer.outcome === 'declined' ? exitCodes.declined : exitCodes.ok,
    }
  }
}
