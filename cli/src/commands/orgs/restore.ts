import { Args } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class OrgsRestore extends BaseCommand<typeof OrgsRestore> {
  static override summary = 'Bring a deleted organization back'
  static override description =
    `Within the days of organizations.deletionGraceDays. Members are members again at once; its owners get a mail.
Its domains have to be verified again, and a plan that was paid has to be bought again.`
  static override examples = [
    { description: 'By slug', command: '<%= config.bin %> orgs restore acme' },
  ]
  static override args = {
    organization: Args.string({ description: 'Slug or id', required: true }),
  }
  static override flags = { ...environmentFlag, ...modeFlag }

  protected async execute({ args, flags, output, signal }: CommandInput<typeof OrgsRestore>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { restoreOrganization } = await import('../../orgs/orgs.ts')
    const operator = await operatorOf(flags, signal)
    const result = await restoreOrganization(operator, args.organization)
    const { talkStyle: style } = output
    const show = () => output.talk(`${style.accent(style.marks.done)} ${result.name} is back.`)
    return { result, show }
  }
}
