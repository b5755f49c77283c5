import { setTimeout as sleep } from 'node:timers/promises'
import { type Instance, render, Static, Text } from 'ink'
import { useEffect, useState } from 'react'
import { stepLine } from './step-line.ts'
import {
  type StepDefinition,
  type StepHandle,
  type StepList,
  type StepState,
  StepStates,
} from './steps.ts'
import type { Style } from './style.ts'

type LiveOptions = {
  stderr: NodeJS.WriteStream
  style: Style
  onClose: () => void
  /** For tests: Ink writes every frame in full. */
  debug?: boolean
}

/** Steps on a terminal: all of them from the start, redrawn in place; the last picture stays. */
export class LiveSteps implements StepList {
  readonly #states: StepStates
  readonly #options: LiveOptions
  readonly #ink: Instance
  #notes: string[] = []
  #isClosed = false

  constructor(definitions: StepDefinition[], options: LiveOptions) {
    this.#options = options
    this.#states = new StepStates(definitions, () => this.#draw())
    this.#ink = render(this.#picture(), {
      stdout: options.stderr,
      stderr: options.stderr,
      // The command owns Ctrl-C: work must be undone before the process ends.
      exitOnCtrlC: false,
      patchConsole: false,
      debug: options.debug ?? false,
    })
  }

  run<T>(id: string, work: (step: StepHandle) => Promise<T> | T): Promise<T> {
    return this.#states.run(id, work)
  }

  skip(id: string, reason: string): void {
    this.#states.skip(id, reason)
  }

  /** A line above the list. */
  note(line: string): void {
    this.#notes = [...this.#notes, line]
    this.#draw()
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#ink.rerender(this.#picture())
    this.#ink.unmount()
    // A terminal that has gone away takes no last frame; the command must end all the same.
    await Promise.race([this.#ink.waitUntilExit(), sleep(1000, null, { ref: false })])
    this.#options.onClose()
  }

  #draw(): void {
    if (!this.#isClosed) this.#ink.rerender(this.#picture())
  }

  #picture() {
    return (
      <Steps
        states={this.#states.states.map((state) => ({ ...state }))}
        notes={this.#notes}
        style={this.#options.style}
        isClosed={this.#isClosed}
      />
    )
  }
}

type StepsProps = { states: StepState[]; notes: string[]; style: Style; isClosed: boolean }

function Steps({ states, notes, style, isClosed }: StepsProps) {
  const now = useNow(!isClosed && states.some((state) => state.status === 'running'))
  return (
    <>
      <Static items={notes}>{(note, index) => <Text key={index}>{note || ' '}</Text>}</Static>
      {states.map((state) => (
        <Text key={state.id} wrap="truncate-end">
          {stepLine(state, style, now)}
        </Text>
      ))}
    </>
  )
}

/** The time, renewed each second while something runs. */
function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!isTicking) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isTicking])
  return now
}
