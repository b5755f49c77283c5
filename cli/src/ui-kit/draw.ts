import { setTimeout as sleep } from 'node:timers/promises'
import { showConnect } from '../connect/show-connect.ts'
import { showDiff } from '../diff/show-diff.ts'
import { showDoctor } from '../doctor/show-doctor.ts'
import { InterruptedError } from '../errors.ts'
import { showHistory } from '../history/show-history.ts'
import { showInit } from '../init/show-init.ts'
import { showNewKey } from '../keys/show-key.ts'
import type { Output } from '../output/output.ts'
import * as samples from './samples.ts'

/** Draws every kind of screen with invented content, for eyes and for screenshots. */
export async function drawScreens(output: Output, screens: string[]): Promise<void> {
  for (const [name, draw] of Object.entries(drawings)) {
    if (screens.length > 0 && !screens.includes(name)) continue
    output.talk(output.talkStyle.dim(`\n# ${name}`))
    await draw(output)
  }
}

const drawings: Record<string, (output: Output) => void | Promise<void>> = {
  steps: drawSteps,
  'steps-failed': drawFailedSteps,
  error: (output) => void output.error(samples.portTaken),
  bug: (output) => void output.error(new TypeError('x is not a function')),
  interrupted: (output) => void output.error(new InterruptedError()),
  warning: (output) => output.warn('git knows no user.name; the commit is by "authstack init".'),
  table: (output) => output.table(samples.keyColumns, samples.keys),
  key: (output) => showNewKey(output, samples.key),
  init: (output) => showInit(output, samples.init),
  connect: (output) => showConnect(output, samples.connect),
  history: (output) => showHistory(output, samples.history),
  diff: (output) => showDiff(output, samples.diff),
  doctor: (output) => showDoctor(output, samples.doctor),
}

export const screenNames = Object.keys(drawings)

async function drawSteps(output: Output): Promise<void> {
  const steps = await output.steps(samples.steps)
  try {
    await steps.run('preflight', () => sleep(300))
    await steps.run('build', (step) => step.skip('unchanged since v1.0'))
    await steps.run('realms', async (step) => {
      for (let count = 1; count <= 12; count++) {
        step.progress(`${count}/12`)
        await sleep(250)
      }
    })
    output.talk('A line of talk goes above the list.')
    await steps.run('switch', () => sleep(400))
  } finally {
    await steps.close()
  }
}

async function drawFailedSteps(output: Output): Promise<void> {
  const steps = await output.steps(samples.steps)
  try {
    await steps.run('preflight', () => sleep(200))
    await steps.run('build', () => {
      throw samples.portTaken
    })
  } catch (error) {
    await steps.close()
    output.error(error)
  }
}
