import { stepLine } from './step-line.ts'
import {
  type StepDefinition,
  type StepHandle,
  type StepList,
  type StepState,
  StepStates,
  type StepStatus,
} from './steps.ts'
import type { Style } from './style.ts'

type PlainOptions = {
  talk: (line: string) => void
  /** NDJSON writer with `--json`, else null. */
  event: ((event: { event: string; [key: string]: unknown }) => void) | null
  style: Style
}

/** A step that runs longer than this says so; quicker ones are one line when they end. */
const announceAfterMs = 1500

/** Steps without a terminal: a line when a step takes long, a line when it ends; or NDJSON. */
export class PlainSteps implements StepList {
  readonly #states: StepStates
  readonly #options: PlainOptions
  readonly #timers = new Map<string, NodeJS.Timeout>()

  constructor(definitions: StepDefinition[], options: PlainOptions) {
    this.#options = options
    this.#states = new StepStates(definitions, (state, previous) => this.#changed(state, previous))
    options.event?.({
      event: 'steps',
      steps: definitions.map(({ id, title }) => ({ id, title })),
    })
  }

  run<T>(id: string, work: (step: StepHandle) => Promise<T> | T): Promise<T> {
    return this.#states.run(id, work)
  }

  skip(id: string, reason: string): void {
    this.#states.skip(id, reason)
  }

  async close(): Promise<void> {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }

  #changed(state: StepState, previous: StepStatus): void {
    const { event, talk, style } = this.#options
    if (event) {
      const { id, title, status, detail, seconds } = state
      event({
        event: 'step',
        id,
        title: state.done && status === 'done' ? state.done : title,
        status,
        detail,
        seconds,
      })
      return
    }
    if (state.status === previous) return // progress details would flood a log file
    if (state.status === 'running') {
      const timer = setTimeout(() => talk(stepLine(state, style, 0)), announceAfterMs)
      timer.unref()
      this.#timers.set(state.id, timer)
      return
    }
    clearTimeout(this.#timers.get(state.id))
    talk(stepLine(state, style))
  }
}
