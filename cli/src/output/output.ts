import { type ErrorJson, errorJson, errorLines } from './error-lines.ts'
import { PlainSteps } from './plain-steps.ts'
import type { StepDefinition, StepList } from './steps.ts'
import { createStyle, type Style } from './style.ts'
import { type Column, formatTable } from './table.ts'

export type OutputStream = NodeJS.WritableStream & { isTTY?: boolean; columns?: number }

export type OutputOptions = {
  stdout?: OutputStream
  stderr?: OutputStream
  stdin?: { isTTY?: boolean }
  json?: boolean
  noColor?: boolean
  env?: NodeJS.ProcessEnv
}

/**
 * The one place that prints. stdout holds data that a pipe may read; stderr holds talk for people.
 * With `json`, stdout gets exactly one JSON document and stderr NDJSON events.
 */
export class Output {
  readonly json: boolean
  /** Style of stdout (data). */
  readonly style: Style
  /** Style of stderr (talk). */
  readonly talkStyle: Style
  /** A person sits here: prompts may be asked. */
  readonly canAsk: boolean
  /** stderr may be redrawn: a live step list. */
  readonly isLive: boolean
  readonly columns: number
  readonly warnings: string[] = []
  readonly #stdout: OutputStream
  readonly #stderr: OutputStream
  readonly #env: NodeJS.ProcessEnv
  /** While a live step list is drawn, lines go above it instead of through it. */
  #liveNote: ((line: string) => void) | null = null

  constructor(options: OutputOptions = {}) {
    const env = options.env ?? process.env
    this.#env = env
    this.#stdout = options.stdout ?? process.stdout
    this.#stderr = options.stderr ?? process.stderr
    const stdin = options.stdin ?? process.stdin
    this.json = options.json ?? false
    const noColor = options.noColor ?? false
    this.style = createStyle({ isTTY: Boolean(this.#stdout.isTTY), noColor, env })
    this.talkStyle = createStyle({ isTTY: Boolean(this.#stderr.isTTY), noColor, env })
    const isTalkTTY = Boolean(this.#stderr.isTTY) && env.TERM !== 'dumb'
    this.canAsk = !this.json && isTalkTTY && Boolean(stdin.isTTY) && !env.CI
    this.isLive = !this.json && isTalkTTY && !env.CI
    this.columns = this.#stdout.columns || Number(env.COLUMNS) || 80
  }

  /** A line of data, on stdout. Nothing with `json`: there the result is the data. */
  data(line = ''): void {
    if (!this.json) this.#stdout.write(`${line}\n`)
  }

  /** A line for people, on stderr. */
  talk(line = ''): void {
    if (this.json) {
      if (line) this.event({ event: 'message', text: line })
    } else if (this.#liveNote) this.#liveNote(line)
    else this.#stderr.write(`${line}\n`)
  }

  /** Something to know that did not stop the command. Repeated in the JSON result's events. */
  warn(text: string): void {
    this.warnings.push(text)
    if (this.json) this.event({ event: 'warning', text })
    else this.talk(`${this.talkStyle.bold(this.talkStyle.marks.warning)} ${text}`)
  }

  /** One NDJSON progress line on stderr; nothing without `json`. */
  event(event: { event: string; [key: string]: unknown }): void {
    if (this.json) this.#stderr.write(`${JSON.stringify(event)}\n`)
  }

  /** An aligned table on stdout that drops columns rather than wrap. */
  table<Row>(columns: Column<Row>[], rows: Row[]): void {
    for (const line of formatTable(columns, rows, { columns: this.columns, style: this.style })) {
      this.data(line)
    }
  }

  /** The one JSON document of a command. Nothing without `json`. */
  result(value: unknown): void {
    if (this.json) this.#stdout.write(`${JSON.stringify(value, null, 2)}\n`)
  }

  /** The steps of long work, all shown from the start. Close it before printing data. */
  async steps(definitions: StepDefinition[]): Promise<StepList> {
    if (!this.isLive) {
      return new PlainSteps(definitions, {
        talk: (line) => this.talk(line),
        event: this.json ? (event) => this.event(event) : null,
        style: this.talkStyle,
      })
    }
    // Ink and React cost half a second; only a live list needs them.
    const { LiveSteps } = await import('./live-steps.tsx')
    const list = new LiveSteps(definitions, {
      stderr: this.#stderr as NodeJS.WriteStream,
      style: this.talkStyle,
      onClose: () => {
        this.#liveNote = null
      },
    })
    this.#liveNote = (line) => list.note(line)
    return list
  }

  /** Prints an error: four lines for people, `{error}` on stdout with `json`. Returns its exit code. */
  error(error: unknown): number {
    const json: ErrorJson = errorJson(error)
    if (this.json) this.result({ error: json })
    else {
      // Not a terminal: one line each, so that a log can be searched.
      const columns = this.#stderr.isTTY ? this.#stderr.columns : 10_000
      const showStack = this.#env.AUTHSTACK_DEBUG === '1'
      for (const line of errorLines(error, this.talkStyle, { showStack, columns })) {
        this.#stderr.write(`${line}\n`)
      }
    }
    return json.exitCode
  }
}
