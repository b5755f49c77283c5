import { Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class WebhooksDeliveries extends BaseCommand<typeof WebhooksDeliveries> {
  static override summary = 'Show the delivery log, newest first'
  static override description = 'Kept for 30 days.'
  static override examples = [
    {
      description: 'What was given up',
      command: '<%= config.bin %> webhooks deliveries --state failed',
    },
    {
      description: 'One kind of event, for a script',
      command: '<%= config.bin %> webhooks deliveries --type member.removed --json',
    },
  ]
  static override flags = {
    endpoint: Flags.string({ description: 'Of this endpoint (id or URL)', helpValue: '<id>' }),
    state: Flags.option({
      description: 'Only these',
      options: ['pending', 'delivered', 'failed', 'skipped'] as const,
    })(),
    type: Flags.string({ description: 'Only this event', helpValue: '<event>' }),
    organization: Flags.string({ description: 'Only of this organization', helpValue: '<id>' }),
    limit: Flags.integer({ description: 'How many', default: 50, min: 1, max: 100 }),
    after: Flags.string({ description: 'Go on from this cursor', helpValue: '<cursor>' }),
    ...environmentFlag,
    ...modeFlag,
  }

  protected async execute({ flags, output, signal }: CommandInput<typeof WebhooksDeliveries>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { listDeliveries } = await import('../../webhooks/webhooks.ts')
    const { chooseEndpoint } = await import('../../webhooks/choose-endpoint.ts')
    const { relativeDate } = await import('../../output/dates.ts')
    const operator = await operatorOf(flags, signal)
    const { state, type, organization, limit, after } = flags
    const endpoint = flags.endpoint && (await chooseEndpoint(operator, flags.endpoint)).id
    const query = { endpoint, state, type, organization, limit: String(limit), after }
    const result = await listDeliveries(operator, query)
    const show = () => {
      if (result.data.length === 0) return output.data('No deliveries.')
      output.table(
        [
          { title: 'DELIVERY', value: (one) => one.id },
          { title: 'EVENT', value: (one) => one.type, widthMax: 30 },
          { title: 'STATE', value: (one) => one.state },
          { title: 'ANSWER', value: (one) => one.lastStatus ?? (one.lastError ? 'none' : '') },
          { title: 'TRIES', value: (one) => one.attempts, align: 'right', dropOrder: 3 },
          { title: 'ENDPOINT', value: (one) => one.endpointId, dropOrder: 1 },
          { title: 'MADE', value: (one) => relativeDate(one.createdAt), dropOrder: 2 },
        ],
        result.data,
      )
      const { nextCursor } = result.page
      if (nextCursor) output.talk(output.talkStyle.dim(`More: --after ${nextCursor}`))
    }
    return { result, show }
  }
}
