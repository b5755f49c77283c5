/** A step as it is announced. `title` is what will be done, `done` what is true afterwards. */
export type StepDefinition = {
  id: string
  /** "Start Keycloak" */
  title: string
  /** "Keycloak ready"; the title when absent. */
  done?: string
}

export type StepStatus = 'waiting' | 'running' | 'done' | 'failed' | 'skipped'

/** What running work may say about itself. */
export type StepHandle = {
  /** Short and replaced by the next one: "3/12", "downloading 40 %". */
  progress: (detail: string) => void
  /** Replaces the line shown when the step is done. */
  setDone: (text: string) => void
  /** Marks the step as not needed: "already there". The work should return right after. */
  skip: (reason: string) => void
}

/** A list that stays on the screen. Steps run one after another or side by side. */
export type StepList = {
  /** Runs the work of a step, times it, and passes on its answer or error. */
  run: <T>(id: string, work: (step: StepHandle) => Promise<T> | T) => Promise<T>
  skip: (id: string, reason: string) => void
  /** Ends the drawing; the last picture stays. Safe to call twice. Always call it (finally). */
  close: () => Promise<void>
}

export type StepState = StepDefinition & {
  status: StepStatus
  detail: string | null
  /** Milliseconds since epoch. */
  startedAt: number | null
  seconds: number | null
}

/** The state behind both kinds of list; `onChange` draws it. */
export class StepStates {
  readonly states: StepState[]
  readonly #onChange: (state: StepState, previous: StepStatus) => void

  constructor(
    definitions: StepDefinition[],
    onChange: (state: StepState, previous: StepStatus) => void,
  ) {
    this.#onChange = onChange
    this.states = definitions.map((definition) => ({
      ...definition,
      status: 'waiting',
      detail: null,
      startedAt: null,
      seconds: null,
    }))
  }

  async run<T>(id: string, work: (step: StepHandle) => Promise<T> | T): Promise<T> {
    const state = this.#find(id)
    const startedAt = Date.now()
    this.#set(state, { status: 'running', startedAt })
    const seconds = () => (Date.now() - startedAt) / 1000
    const handle: StepHandle = {
      progress: (detail) => this.#set(state, { detail }),
      setDone: (done) => {
        state.done = done
      },
      skip: (reason) => this.#set(state, { status: 'skipped', detail: reason }),
    }
    try {
      const answer = await work(handle)
      if (state.status === 'running') {
        this.#set(state, { status: 'done', detail: null, seconds: seconds() })
      }
      return answer
    } catch (error) {
      this.#set(state, { status: 'failed', seconds: seconds() })
      throw error
    }
  }

  skip(id: string, reason: string): void {
    this.#set(this.#find(id), { status: 'skipped', detail: reason })
  }

  #find(id: string): StepState {
    const state = this.states.find((candidate) => candidate.id === id)
    if (!state) throw new Error(`There is no step "${id}"`)
    return state
  }

  #set(state: StepState, change: Partial<StepState>): void {
    const previous = state.status
    Object.assign(state, change)
    this.#onChange(state, previous)
  }
}

/** "17 s", "0.4 s", "2 min 5 s". */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  return whole % 60 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${whole / 60} min`
}
