import { Help } from '@oclif/core/help'
import { rootHelp } from './root-help.ts'

/** oclif's help, with our own front page. */
export default class AuthStackHelp extends Help {
  override async showRootHelp(): Promise<void> {
    const topics = Object.fromEntries(this.sortedTopics.map((topic) => [topic.name, topic]))
    this.log(rootHelp(this.sortedCommands, topics).trimEnd())
  }
}
