import { BaseCommand, type CommandInput } from '../base-command.ts'
import { environmentFlag, yesFlag } from '../flags.ts'

export default class Unlock extends BaseCommand<typeof Unlock> {
  static override summary = 'Remove the lock of a deploy that hangs'
  static override description =
    'A lock of a process that ended is taken over without this. While its owner lives, --yes is needed: two deploys at once can leave the instance down.'
  static override examples = ['<%= config.bin %> unlock', '<%= config.bin %> unlock --yes']
  static override flags = { ...environmentFlag, ...yesFlag }

  protected async execute({ flags, output }: CommandInput<typeof Unlock>) {
    const { findProject } = await import('../project/find-project.ts')
    const { localPlace } = await import('../deploy/open-environment.ts')
    const { unlock } = await import('../machine/unlock.ts')
    const { paths } = localPlace(await findProject(), flags.env)
    const answer = unlock(paths.lock, flags.yes)
    return {
      result: answer,
      show: () => {
        const { holder } = answer
        if (!holder) return output.data('There is no lock.')
        output.data(`Removed the lock of ${holder.owner} (process ${holder.pid}, ${holder.at}).`)
      },
    }
  }
}
