import { BaseCommand, type CommandInput } from '../base-command.ts'

export default class UiKit extends BaseCommand<typeof UiKit> {
  static override hidden = true
  static override strict = false
  static override summary = 'Draw every kind of screen, with invented content'
  static override description = 'For those who work on the CLI. Name screens to draw only those.'
  static override examples = [
    { description: 'All of them', command: '<%= config.bin %> ui-kit' },
    { description: 'Two of them', command: '<%= config.bin %> ui-kit steps error' },
  ]

  protected async execute({ output }: CommandInput<typeof UiKit>) {
    const { drawScreens, screenNames } = await import('../ui-kit/draw.ts')
    const wanted = this.argv.filter((word) => !word.startsWith('-'))
    await drawScreens(output, wanted)
    return { result: { screens: wanted.length > 0 ? wanted : screenNames } }
  }
}
