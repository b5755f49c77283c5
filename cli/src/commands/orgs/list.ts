import { Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class OrgsList extends BaseCommand<typeof OrgsList> {
  static override summary = 'List organizations'
  static override description = 'The customers of your product, newest first.'
  static override examples = [
    { description: 'All of them', command: '<%= config.bin %> orgs list' },
    {
      description: 'Test data, for a script',
      command: '<%= config.bin %> orgs list --mode test --json',
    },
    {
      description: 'What was deleted and can still be brought back',
      command: '<%= config.bin %> orgs list --deleted',
    },
  ]
  static override flags = {
    deleted: Flags.boolean({ description: 'Deleted ones that can be brought back' }),
    ...environmentFlag,
    ...modeFlag,
  }

  protected async execute({ flags, output, signal }: CommandInput<typeof OrgsList>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { listOrganizations } = await import('../../orgs/orgs.ts')
    const { relativeDate } = await import('../../output/dates.ts')
    const operator = await operatorOf(flags, signal)
    const result = await listOrganizations(operator, flags.deleted ? 'deleted' : undefined)
    const show = () => {
      if (result.data.length === 0) {
        return output.data(flags.deleted ? 'No deleted organizations.' : 'No organizations yet.')
      }
      output.table(
        [
          { title: 'SLUG', value: (org) => org.slug },
          { title: 'NAME', value: (org) => org.name },
          { title: 'PLAN', value: (org) => org.plan, dropOrder: 2 },
          { title: 'MEMBERS', value: (org) => org.members, align: 'right', dropOrder: 3 },
          flags.deleted
            ? { title: 'GONE', value: (org) => relativeDate(org.restorableUntil), dropOrder: 1 }
            : { title: 'CREATED', value: (org) => relativeDate(org.createdAt), dropOrder: 1 },
          { title: 'ID', value: (org) => org.id, dropOrder: 4 },
        ],
        result.data,
      )
    }
    return { result, show }
  }
}
