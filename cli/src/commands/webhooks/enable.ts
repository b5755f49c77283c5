import { Args } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class WebhooksEnable extends BaseCommand<typeof WebhooksEnable> {
  static override summary = 'Send to an endpoint again that had answered 410 Gone'
  static override description = 'What it missed is not sent by itself: authstack webhooks replay.'
  static override examples = [
    { description: 'The only endpoint', command: '<%= config.bin %> webhooks enable' },
  ]
  static override args = { endpoint: Args.string({ description: 'Id or URL' }) }
  static override flags = { ...environmentFlag, ...modeFlag }

  protected async execute({ args, flags, output, signal }: CommandInput<typeof WebhooksEnable>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { enableEndpoint } = await import('../../webhooks/webhooks.ts')
    const { chooseEndpoint } = await import('../../webhooks/choose-endpoint.ts')
    const operator = await operatorOf(flags, signal)
    const { id, url } = await chooseEndpoint(operator, args.endpoint)
    await enableEndpoint(operator, id)
    const show = () =>
      output.data(`${url} is sent to again. What it missed: authstack webhooks replay --since 3d`)
    return { result: { id, url }, show }
  }
}
