import { BaseCommand } from '../base-command.ts'

export default class UiKit extends BaseCommand<typeof UiKit> {
  static override hidden = true
  static override summary = 'Draw every kind of screen'

  protected async execute() {
    return { result: {}, show: () => {} }
  }
}
