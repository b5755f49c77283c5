import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class WebhooksList extends BaseCommand<typeof WebhooksList> {
  static override summary = 'List the endpoints that are told of events'
  static override description =
    'They come from "webhooks" in authstack.config.ts; here is how their deliveries stand.'
  static override examples = [
    { description: 'Endpoints for live data', command: '<%= config.bin %> webhooks list' },
  ]
  static override flags = { ...environmentFlag, ...modeFlag }

  protected async execute({ flags, output, signal }: CommandInput<typeof WebhooksList>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { listEndpoints } = await import('../../webhooks/webhooks.ts')
    const { relativeDate } = await import('../../output/dates.ts')
    const result = await listEndpoints(await operatorOf(flags, signal))
    const show = () => {
      if (result.data.length === 0) {
        return output.data('No endpoints. Add one to "webhooks" in authstack.config.ts and deploy.')
      }
      output.table(
        [
          { title: 'ID', value: (one) => one.id },
          { title: 'URL', value: (one) => one.url, widthMax: 44 },
          { title: 'STATE', value: (one) => (one.disabledAt ? 'disabled' : 'on') },
          { title: 'PENDING', value: (one) => one.pending, align: 'right', dropOrder: 3 },
          { title: 'FAILED', value: (one) => one.failed, align: 'right', dropOrder: 4 },
          { title: 'LAST', value: (one) => relativeDate(one.lastDeliveredAt), dropOrder: 2 },
          { title: 'EVENTS', value: (one) => one.events.join(' '), dropOrder: 1, widthMax: 30 },
        ],
        result.data,
      )
      for (const { id, secret, hasSecret, disabledAt, disabledReason } of result.data) {
        if (!hasSecret)
          output.warn(`${id}: authstack secrets set ${secret}; nothing is sent unsigned.`)
        if (disabledAt) {
          output.warn(`${id}: ${disabledReason}. When it is back: authstack webhooks enable ${id}`)
        }
      }
    }
    return { result, show }
  }
}
