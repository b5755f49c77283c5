import { Args, Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class OrgsSet extends BaseCommand<typeof OrgsSet> {
  static override summary = 'Set plan, limits and features of one organization'
  static override description =
    `Stands beside what its plan says, whatever it pays, until it is set to "default".
Its own audit trail tells who set what.`
  static override examples = [
    {
      description: 'More members than its plan allows',
      command: '<%= config.bin %> orgs set acme --limit members=50',
    },
    {
      description: 'A feature on trial, and back to what the plan says',
      command:
        '<%= config.bin %> orgs set acme --feature sso=on\n<%= config.bin %> orgs set acme --feature sso=default',
    },
    {
      description: 'A plan paid by invoice, outside of Stripe',
      command: '<%= config.bin %> orgs set acme --plan enterprise',
    },
  ]
  static override args = {
    organization: Args.string({ description: 'Slug or id', required: true }),
  }
  static override flags = {
    plan: Flags.string({
      description: 'Plan without payment; "default": what is paid',
      helpValue: '<id>',
    }),
    limit: Flags.string({
      description: 'A number, "unlimited" or "default" (repeatable)',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<name>=<number>',
    }),
    feature: Flags.string({
      description: 'on, off or default (repeatable)',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<name>=on|off',
    }),
    ...environmentFlag,
    ...modeFlag,
  }

  protected async execute({ args, flags, output, signal }: CommandInput<typeof OrgsSet>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { setOrganization } = await import('../../orgs/orgs.ts')
    const { parseEntitlements } = await import('../../orgs/parse-entitlements.ts')
    const { printOrganization } = await import('../../orgs/print-organization.ts')
    const wanted = parseEntitlements({
      ...(flags.plan === undefined ? {} : { plan: flags.plan }),
      limits: flags.limit,
      features: flags.feature,
    })
    const operator = await operatorOf(flags, signal)
    const result = await setOrganization(operator, args.organization, wanted)
    return { result, show: () => printOrganization(output, result) }
  }
}
