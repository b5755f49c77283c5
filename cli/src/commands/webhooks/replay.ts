import { Args, Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class WebhooksReplay extends BaseCommand<typeof WebhooksReplay> {
  static override summary = 'Send a delivery again, or all that failed since a time'
  static override description =
    'With the ids and bodies they had, so a receiver that keeps webhook ids does nothing twice.'
  static override examples = [
    {
      description: 'One',
      command: '<%= config.bin %> webhooks replay 0b1c6f0e-1d2c-4c1b-9a5e-0c4f8f4f6f10',
    },
    {
      description: 'All that failed while the receiver was down',
      command: '<%= config.bin %> webhooks replay --since 6h',
    },
  ]
  static override args = { delivery: Args.string({ description: 'Id of one delivery' }) }
  static override flags = {
    since: Flags.string({ description: 'All from this time, or this age, on', helpValue: '<6h>' }),
    until: Flags.string({
      description: 'Up to this time (now)',
      helpValue: '<time>',
      dependsOn: ['since'],
    }),
    endpoint: Flags.string({
      description: 'Of this endpoint only',
      helpValue: '<id>',
      dependsOn: ['since'],
    }),
    all: Flags.boolean({ description: 'What was delivered too', dependsOn: ['since'] }),
    ...environmentFlag,
    ...modeFlag,
  }

  protected async execute({ args, flags, output, signal }: CommandInput<typeof WebhooksReplay>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { replayDelivery, replayDeliveries } = await import('../../webhooks/webhooks.ts')
    const { chooseEndpoint } = await import('../../webhooks/choose-endpoint.ts')
    const { parseTime } = await import('../../webhooks/parse-time.ts')
    const { exitCodes, UserError } = await import('../../errors.ts')
    if (Boolean(args.delivery) === Boolean(flags.since)) {
      throw new UserError({
        code: 'usage',
        what: 'Name one delivery, or a time with --since.',
        why: args.delivery ? 'Both were given.' : 'Neither was given.',
        next: [
          'authstack webhooks deliveries --state failed',
          'authstack webhooks replay --since 6h',
        ],
        exitCode: exitCodes.usage,
      })
    }
    const since = flags.since ? parseTime(flags.since, '--since') : ''
    const until = flags.until ? parseTime(flags.until, '--until') : new Date().toISOString()
    const operator = await operatorOf(flags, signal)
    if (args.delivery) {
      const result = await replayDelivery(operator, args.delivery)
      return {
        result,
        show: () => output.data(`${result.type} is on its way to ${result.endpointId}.`),
      }
    }
    const endpointId = flags.endpoint && (await chooseEndpoint(operator, flags.endpoint)).id
    const body = { since, until, endpointId, includeDelivered: flags.all }
    const result = await replayDeliveries(operator, body)
    const show = () => {
      const isOne = result.replayed === 1
      output.data(
        `${result.replayed} ${isOne ? 'delivery is on its' : 'deliveries are on their'} way.`,
      )
      if (result.replayed === 10_000)
        output.talk('That is the most at once: run it again for the rest.')
    }
    return { result, show }
  }
}
