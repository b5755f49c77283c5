import { Args } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class WebhooksShow extends BaseCommand<typeof WebhooksShow> {
  static override summary = 'Show one delivery: what was sent, and what each call gave'
  static override examples = [
    {
      description: 'By the id that `webhooks deliveries` shows',
      command: '<%= config.bin %> webhooks show 0b1c6f0e-1d2c-4c1b-9a5e-0c4f8f4f6f10',
    },
  ]
  static override args = { delivery: Args.string({ description: 'Its id', required: true }) }
  static override flags = { ...environmentFlag, ...modeFlag }

  protected async execute({ args, flags, output, signal }: CommandInput<typeof WebhooksShow>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { showDelivery } = await import('../../webhooks/webhooks.ts')
    const { facts } = await import('../../output/facts.ts')
    const { relativeDate } = await import('../../output/dates.ts')
    const result = await showDelivery(await operatorOf(flags, signal), args.delivery)
    const show = () => {
      const lines = facts(output.style, [
        ['Event', `${result.type}  ${result.eventId}`],
        ['Endpoint', result.endpointId],
        ['Organization', result.organizationId],
        ['State', result.state],
        ['Made', relativeDate(result.createdAt)],
        ['Next try', result.nextAttemptAt],
        ['Body', result.body],
      ])
      for (const line of lines) output.data(line)
      for (const call of result.calls) {
        const answer = call.status ?? call.error ?? 'no answer'
        output.data('')
        output.data(`Try ${call.attempt}  ${call.at}  ${answer}  ${call.milliseconds} ms`)
        // An answer is the receiver's text: it must not drive the terminal.
        if (call.response) output.data(`  ${call.response.replace(/\p{Cc}/gu, ' ').slice(0, 400)}`)
      }
    }
    return { result, show }
  }
}
