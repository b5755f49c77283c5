import { relative } from 'node:path'
import type { Output } from '../output/output.ts'
import type { InitResult } from './init.ts'

/** What exists now, and the one next command. */
export function showInit(output: Output, result: InitResult): void {
  const { talkStyle: style } = output
  const folder = relative(process.cwd(), result.folder)
  output.talk()
  output.talk(
    `${style.bold(result.name)} is in ${folder || 'this folder'}, commit ${result.commit.slice(0, 7)}.`,
  )
  if (result.appFolder) {
    output.talk(style.dim(`The sample app is in ${relative(process.cwd(), result.appFolder)}.`))
  }
  if (!result.tested) {
    output.talk(style.dim('Its packages are not installed: run npm install there before npm test.'))
  }
  output.talk()
  output.talk('Next:')
  const go = folder ? `cd ${folder} && ` : ''
  output.talk(`  ${style.accent(`${go}authstack deploy`)}`)
  if (result.appFolder) {
    const app = relative(result.folder, result.appFolder)
    output.talk(style.dim(`then authstack connect ${app}, and npm run dev in ${app}/`))
  }
}
