import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { LiveSteps } from './live-steps.tsx'
import { PlainSteps } from './plain-steps.ts'
import { formatSeconds, type StepDefinition } from './steps.ts'
import { createStyle } from './style.ts'

const style = createStyle({ isTTY: true, noColor: true, env: {} })
const definitions: StepDefinition[] = [
  { id: 'keycloak', title: 'Start Keycloak', done: 'Keycloak ready' },
  { id: 'realms', title: 'Reconcile realms' },
  { id: 'switch', title: 'Switch' },
]

/** Enough of a terminal for Ink; keeps every frame. */
class FakeTerminal extends EventEmitter {
  isTTY = true
  columns = 80
  rows = 24
  frames: string[] = []
  write = (frame: string, ...rest: unknown[]) => {
    this.frames.push(frame)
    const done = rest.at(-1)
    if (typeof done === 'function') done()
    return true
  }
  get last(): string {
    const pictures = this.frames.map((frame) => stripVTControlCharacters(frame).trim())
    // How long a step took depends on the machine.
    return (pictures.filter(Boolean).at(-1) ?? '').replace(/\d+\.\d s/g, 'N s')
  }
}

describe('the live step list', () => {
  function open() {
    const terminal = new FakeTerminal()
    const stderr = terminal as unknown as NodeJS.WriteStream
    const steps = new LiveSteps(definitions, { stderr, style, onClose: () => {}, debug: true })
    return { terminal, steps }
  }

  test('shows every step from the start, what runs with its progress, and what it took', async () => {
    const { terminal, steps } = open()
    await expect.poll(() => terminal.last).toBe('○ Start Keycloak\n○ Reconcile realms\n○ Switch')
    await steps.run('keycloak', () => sleep(10))
    let finish = () => {}
    const running = steps.run('realms', (step) => {
      step.progress('3/12')
      return new Promise<void>((resolve) => {
        finish = resolve
      })
    })
    await expect
      .poll(() => terminal.last)
      .toBe('✓ Keycloak ready N s\n● Reconcile realms 3/12\n○ Switch')
    finish()
    await running
    steps.skip('switch', 'already there')
    await steps.close()
    expect(terminal.last).toBe(
      '✓ Keycloak ready N s\n✓ Reconcile realms N s\n– Switch already there',
    )
  })

  test('a failed step is marked, the error goes on, later steps stay undone', async () => {
    const { terminal, steps } = open()
    const fault = new Error('no')
    await expect(steps.run('keycloak', () => Promise.reject(fault))).rejects.toBe(fault)
    await steps.close()
    expect(terminal.last).toContain('✗ Start Keycloak N s\n○ Reconcile realms')
  })

  test('a line of talk goes above the list, and closing twice is no harm', async () => {
    const { terminal, steps } = open()
    steps.note('Keycloak says hello')
    await expect.poll(() => terminal.last).toContain('hello')
    await steps.close()
    await steps.close()
    expect(terminal.last).toMatch(/^Keycloak says hello\n○ Start Keycloak/)
  })
})

describe('the step list without a terminal', () => {
  test('is a line when a step ends, without the noise of its progress', async () => {
    const lines: string[] = []
    const steps = new PlainSteps(definitions, {
      talk: (line) => lines.push(line),
      event: null,
      style,
    })
    await steps.run('keycloak', (step) => step.progress('half'))
    await steps.run('realms', (step) => step.skip('nothing to do'))
    await steps.close()
    expect(lines.map((line) => line.replace(/\d\.\d s/, 'N s'))).toEqual([
      '✓ Keycloak ready N s',
      '– Reconcile realms nothing to do',
    ])
  })

  test('with --json every change is an event', async () => {
    const events: unknown[] = []
    const steps = new PlainSteps(definitions, {
      talk: () => {},
      event: (event) => events.push(event),
      style,
    })
    await steps.run('keycloak', (step) => step.progress('half'))
    expect(events).toMatchObject([
      { event: 'steps', steps: [{ id: 'keycloak' }, { id: 'realms' }, { id: 'switch' }] },
      { event: 'step', id: 'keycloak', status: 'running', detail: null },
      { event: 'step', id: 'keycloak', status: 'running', detail: 'half' },
      { event: 'step', id: 'keycloak', status: 'done', title: 'Keycloak ready' },
    ])
  })
})

test('seconds read well', () => {
  expect([0.04, 9.94, 9.96, 17.4, 60, 125].map(formatSeconds)).toEqual([
    ...['0.0 s', '9.9 s', '10 s', '17 s', '1 min', '2 min 5 s'],
  ])
})
