import { Args } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class WebhooksTest extends BaseCommand<typeof WebhooksTest> {
  static override summary = 'Send webhook.test to an endpoint now, and say what came back'
  static override description = 'Exit 1 when the endpoint did not answer with 2xx.'
  static override examples = [
    { description: 'The only endpoint', command: '<%= config.bin %> webhooks test' },
    {
      description: 'One of several',
      command: '<%= config.bin %> webhooks test https://app.example.com/hooks',
    },
  ]
  static override args = { endpoint: Args.string({ description: 'Id or URL' }) }
  static override flags = { ...environmentFlag, ...modeFlag }

  protected async execute({ args, flags, output, signal }: CommandInput<typeof WebhooksTest>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { testEndpoint } = await import('../../webhooks/webhooks.ts')
    const { chooseEndpoint } = await import('../../webhooks/choose-endpoint.ts')
    const { UserError } = await import('../../errors.ts')
    const operator = await operatorOf(flags, signal)
    const { id } = await chooseEndpoint(operator, args.endpoint)
    const result = await testEndpoint(operator, id)
    const { url, status, milliseconds, error } = result
    if (status !== null && status >= 200 && status < 300) {
      return {
        result,
        show: () => output.data(`${url} answered ${status} after ${milliseconds} ms.`),
      }
    }
    throw new UserError({
      code: 'endpoint_failed',
      what: `${url} did not take the event.`,
      why:
        error ??
        `It answered ${status}: ${(result.response ?? '').replace(/\p{Cc}/gu, ' ').slice(0, 200)}`,
      next: ['Look into the log of the receiver, then run the command again.'],
    })
  }
}
