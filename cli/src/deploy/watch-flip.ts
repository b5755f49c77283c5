import { setTimeout as sleep } from 'node:timers/promises'
import { exitCodes, UserError } from '../errors.ts'
import type { Machine } from '../machine/machine.ts'

const LOOKS = 3
const BETWEEN_MS = 250

/** Looks at the public door after a flip, as the world does. Throws when it does not answer. */
export async function watchFlip(machine: Machine): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    if (look > 0) await sleep(BETWEEN_MS)
    if (await machine.isServing()) continue
    throw new UserError({
      code: 'unhealthy',
      what: 'The new version does not answer through the front',
      why: 'GET /readyz on the public address did not answer 200 after the switch.',
      next: ['authstack logs api', 'authstack logs front'],
      exitCode: exitCodes.infrastructure,
    })
  }
}
