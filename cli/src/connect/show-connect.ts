import { relative } from 'node:path'
import { facts } from '../output/facts.ts'
import type { Output } from '../output/output.ts'
import type { ConnectResult } from './connect.ts'

/** What the app has now, and what is left to do. */
export function showConnect(output: Output, result: ConnectResult): void {
  const { talkStyle: style } = output
  const { changed } = result
  const envFile = relative(process.cwd(), result.envFile)
  output.talk(`${style.accent(style.marks.done)} ${result.framework} app connected`)
  const lines = facts(output.style, [
    ['Endpoint', result.endpoint],
    ['Key', result.key],
    ['Origin', result.origin],
    ['Written', changed.envFile ? envFile : `${envFile} (unchanged)`],
  ])
  for (const line of lines) output.data(line)
  if (changed.settings) {
    output.talk()
    output.talk('authstack.config.ts now allows this origin. Next:')
    output.talk(`  ${style.accent('authstack deploy')}`)
  }
}
