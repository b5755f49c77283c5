import { Args } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag, yesFlag } from '../../flags.ts'

export default class KeysRevoke extends BaseCommand<typeof KeysRevoke> {
  static override summary = 'Stop a key at once and for good'
  static override description =
    'Whoever uses it gets 401 from the next request on. It cannot be taken back.'
  static override examples = [
    { description: 'Ask first', command: '<%= config.bin %> keys revoke k3v9a2' },
    { description: 'In a script', command: '<%= config.bin %> keys revoke k3v9a2 --yes' },
  ]
  static override args = { id: Args.string({ description: 'Id of the key', required: true }) }
  static override flags = { ...environmentFlag, ...modeFlag, ...yesFlag }

  protected async execute({ args, flags, output, signal }: CommandInput<typeof KeysRevoke>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { revokeKey } = await import('../../keys/keys.ts')
    const { confirmOrDecline } = await import('../../prompt/confirm.ts')
    const operator = await operatorOf(flags, signal)
    await confirmOrDecline(
      output,
      `Revoke key ${args.id}? Apps that use it stop working at once.`,
      flags,
    )
    await revokeKey(operator, args.id)
    const result = { id: args.id, revoked: true }
    const { talkStyle: style } = output
    return {
      result,
      show: () => output.talk(`${style.accent(style.marks.done)} Key ${args.id} is revoked.`),
    }
  }
}
