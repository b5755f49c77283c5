import { accent, dim, formatSeconds, mark, red, say } from './terminal.ts'

type StepEvent = {
  event: 'step'
  title: string
  status: string
  detail: string | null
  seconds: number | null
}

const clearLine = '\r\u001b[2K'

/**
 * Shows the NDJSON progress that a command writes with `--json` as lines for people: one a finished step, and on a
 * terminal the step that runs now below them. Gives a function that takes the text as it comes.
 */
export function showProgress(isLive = Boolean(process.stderr.isTTY)): (text: string) => void {
  let rest = ''
  return (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) showStep(readStep(line), isLive)
  }
}

function showStep(step: StepEvent | null, isLive: boolean): void {
  if (!step) return
  if (isLive) process.stderr.write(clearLine)
  const seconds = step.seconds === null ? '' : dim(` ${formatSeconds(step.seconds)}`)
  if (step.status === 'done') say(`  ${accent(mark.done)} ${step.title}${seconds}`)
  else if (step.status === 'failed') say(`  ${red(mark.failed)} ${step.title}${seconds}`)
  else if (step.status === 'running' && isLive) {
    const detail = step.detail ? dim(` ${step.detail}`) : ''
    process.stderr.write(`  ${accent(mark.running)} ${step.title}${detail}`)
  }
}

function readStep(line: string): StepEvent | null {
  try {
    const event = JSON.parse(line)
    return event.event === 'step' ? event : null
  } catch {
    return null
  }
}
