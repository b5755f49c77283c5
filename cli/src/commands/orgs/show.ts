import { Args } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class OrgsShow extends BaseCommand<typeof OrgsShow> {
  static override summary = 'Show one organization'
  static override description = 'By slug or id.'
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
    const { facts } = await import('../../output/facts.ts')
    const { relativeDate } = await import('../../output/dates.ts')
    const operator = await operatorOf(flags, signal)
    const result = await showOrganization(operator, args.organization)
    const show = () => {
      const lines = facts(output.style, [
        ['Name', result.name],
        ['Slug', result.slug],
        ['Plan', result.plan],
        ['State', result.status],
        ['Members', result.members],
        ['Created', relativeDate(result.createdAt)],
        ['Id', result.id],
      ])
      for (const line of lines) output.data(line)
    }
    return { result, show }
  }
}
