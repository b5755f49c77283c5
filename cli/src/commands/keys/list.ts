import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class KeysList extends BaseCommand<typeof KeysList> {
  static override summary = 'List API keys'
  static override description = 'A publishable key is shown in full; a secret key never is.'
  static override examples = [
    { description: 'Live keys', command: '<%= config.bin %> keys list' },
    {
      description: 'Test keys, for a script',
      command: '<%= config.bin %> keys list --mode test --json',
    },
  ]
  static override flags = { ...environmentFlag, ...modeFlag }

  protected async execute({ flags, output, signal }: CommandInput<typeof KeysList>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { listKeys } = await import('../../keys/keys.ts')
    const { keyState } = await import('../../keys/show-key.ts')
    const { relativeDate } = await import('../../output/dates.ts')
    const result = await listKeys(await operatorOf(flags, signal))
    const show = () => {
      if (result.data.length === 0) {
        return output.data('No keys yet: authstack keys create --kind browser --name web')
      }
      output.table(
        [
          { title: 'ID', value: (key) => key.id },
          { title: 'KIND', value: (key) => key.kind },
          { title: 'NAME', value: (key) => key.name, widthMax: 24 },
          { title: 'STATE', value: (key) => keyState(key) },
          { title: 'SESSION', value: (key) => key.sessionDelivery, dropOrder: 4 },
          { title: 'ORIGINS', value: (key) => key.origins.join(' '), dropOrder: 2, widthMax: 40 },
          { title: 'CREATED', value: (key) => relativeDate(key.createdAt), dropOrder: 3 },
          { title: 'KEY', value: (key) => key.key, dropOrder: 9 },
        ],
        result.data,
      )
      if (output.columns < 120)
        output.talk(output.talkStyle.dim('The keys themselves: authstack keys list --json'))
    }
    return { result, show }
  }
}
