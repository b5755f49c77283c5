const isUnicode = /utf-?8/i.test(
  process.env.LC_ALL || process.env.LC_CTYPE || process.env.LANG || 'UTF-8',
)
const isColoured = Boolean(process.stderr.isTTY) && !process.env.NO_COLOR

/** Marks of a step list, with an ASCII twin for terminals without unicode. */
export const mark = isUnicode
  ? { done: '✓', failed: '✗', running: '●', dash: '–' }
  : { done: '+', failed: 'x', running: '*', dash: '-' }

const paint = (code: string) => (text: string) =>
  isColoured ? `\u001b[${code}m${text}\u001b[0m` : text

/** The one accent colour, dim for detail, red for errors only. */
export const accent = paint('35')
export const dim = paint('2')
export const bold = paint('1')
export const red = paint('31')

/** Talk goes to stderr; stdout is data. */
export function say(line = ''): void {
  process.stderr.write(`${line}\n`)
}

/** One line of a step list that stays. */
export function sayDone(title: string, seconds?: number): void {
  say(
    `${accent(mark.done)} ${title}${seconds === undefined ? '' : dim(` ${formatSeconds(seconds)}`)}`,
  )
}

export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 120) return `${Math.round(seconds)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}

/** An error as every part of AuthStack says it: what, why, what to do, where to read more. */
export class ScriptError extends Error {
  readonly why: string
  readonly todo: string
  readonly more: string
  constructor(what: string, help: { why: string; todo: string; more: string }) {
    super(what)
    this.why = help.why
    this.todo = help.todo
    this.more = help.more
  }
}

/** Prints the four lines of an error. A bug of ours keeps its stack. */
export function sayError(error: unknown): void {
  if (error instanceof ScriptError) {
    say(`${red(`Error: ${error.message}`)}`)
    say(`  Why:  ${error.why}`)
    say(`  Do:   ${error.todo}`)
    say(`  More: ${error.more}`)
    return
  }
  say(red(error instanceof Error ? (error.stack ?? error.message) : String(error)))
}
