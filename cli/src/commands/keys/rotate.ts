import { Args, Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class KeysRotate extends BaseCommand<typeof KeysRotate> {
  static override summary = 'Replace a key by a new one'
  static override description = 'Both work during the overlap; then the old one stops.'
  static override examples = [
    { description: 'With a day to change over', command: '<%= config.bin %> keys rotate k3v9a2' },
    {
      description: 'A leaked key: the old one stops at once',
      command: '<%= config.bin %> keys rotate k3v9a2 --overlap-minutes 0',
    },
  ]
  static override args = { id: Args.string({ description: 'Id of the key', required: true }) }
  static override flags = {
    'overlap-minutes': Flags.integer({
      description: 'How long the old key goes on working',
      default: 1440,
      min: 0,
      max: 43200,
      helpValue: '<minutes>',
    }),
    ...environmentFlag,
    ...modeFlag,
  }

  protected async execute({ args, flags, output, signal }: CommandInput<typeof KeysRotate>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { rotateKey } = await import('../../keys/keys.ts')
    const { showNewKey } = await import('../../keys/show-key.ts')
    const operator = await operatorOf(flags, signal)
    const minutes = flags['overlap-minutes']
    const result = await rotateKey(operator, args.id, minutes)
    const show = () => {
      showNewKey(output, result)
      const until = minutes === 0 ? 'has stopped working' : `stops working in ${minutes} minutes`
      output.talk(output.talkStyle.dim(`The old key ${args.id} ${until}.`))
    }
    return { result, show }
  }
}
