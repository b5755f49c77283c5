import { BaseCommand, type CommandInput } from '../base-command.ts'
import { environmentFlag } from '../flags.ts'

export default class Stop extends BaseCommand<typeof Stop> {
  static override summary = 'End all parts of the instance on this computer'
  static override description =
    'Data, secrets and ports stay; authstack deploy starts it again with the same version.'
  static override examples = ['<%= config.bin %> stop']
  static override flags = { ...environmentFlag }

  protected async execute({ flags, output }: CommandInput<typeof Stop>) {
    const { findProject } = await import('../project/find-project.ts')
    const { localPlace } = await import('../deploy/open-environment.ts')
    const { stopInstance } = await import('../local/stop-instance.ts')
    const { paths } = localPlace(await findProject(), flags.env)
    const steps = await output.steps([{ id: 'stop', title: 'End processes', done: 'All ended' }])
    const stopped = await steps
      .run('stop', async (step) => {
        const names = await stopInstance(paths, step.progress)
        if (names.length === 0) step.skip('nothing runs')
        return names
      })
      .finally(() => steps.close())
    return {
      result: { stopped },
      show: () => {
        if (stopped.length === 0) output.data('Nothing runs.')
        else output.data(`Ended ${stopped.join(', ')}. Next: authstack deploy starts them again`)
      },
    }
  }
}
