import { Args } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class OrgsShow extends BaseCommand<typeof OrgsShow> {
  static override summary = 'Show one organization'
  static override description =
    'By slug or id, with its plan, what it may do and how much of it is used.'
  static override examples = [
    { description: 'By slug', command: '<%= config.bin %> orgs show acme' },
  ]
  static override args = {
    organization: Args.string({ description: 'Slug or id', required: true }),
  }
  static override flags = { ...environmentFlag, ...modeFlag }

  protected async execute({ args, flags, output, signal }: CommandInput<typeof OrgsShow>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { showOrganization } = await import('../../orgs/orgs.ts')
    const { printOrganization } = await import('../../orgs/print-organization.ts')
    const operator = await operatorOf(flags, signal)
    const result = await showOrganization(operator, args.organization)
    return { result, show: () => printOrganization(output, result) }
  }
}
