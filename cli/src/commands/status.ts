import { BaseCommand, type CommandInput } from '../base-command.ts'
import { exitCodes } from '../errors.ts'
import { environmentFlag } from '../flags.ts'

export default class Status extends BaseCommand<typeof Status> {
  static override summary = 'What runs, where, and what does not'
  static override description =
    'Asks each part of the instance over its own protocol. Exit 1 when one is down.'
  static override examples = ['<%= config.bin %> status', '<%= config.bin %> status --json']
  static override flags = { ...environmentFlag }

  protected async execute({ flags, output }: CommandInput<typeof Status>) {
    const { findProject } = await import('../project/find-project.ts')
    const { localPlace } = await import('../deploy/open-environment.ts')
    const { readStatus, showStatus } = await import('../local/status.ts')
    const place = localPlace(await findProject(), flags.env)
    const status = await readStatus({ ...place, fixedPort: null, mailFrom: '', owner: '' })
    return {
      result: status,
      show: () => showStatus(output, status),
      exitCode: status.healthy ? exitCodes.ok : exitCodes.failed,
    }
  }
}
