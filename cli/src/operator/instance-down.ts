import { exitCodes, UserError } from '../errors.ts'
import type { Instance } from '../state/instance.ts'

/** Nobody answers: exit 5, with the command that brings it back. */
export function instanceDown(instance: Instance, part: string, cause: unknown): UserError {
  const code = (cause as { code?: string }).code
  return new UserError({
    code: 'instance_down',
    what: `The instance "${instance.environment}" does not answer.`,
    why: `${part} cannot be reached${code ? ` (${code})` : `: ${(cause as Error).message}`}.`,
    next: [
      `authstack status --env ${instance.environment} says what is down.`,
      `authstack deploy --env ${instance.environment} brings it back.`,
    ],
    exitCode: exitCodes.infrastructure,
    cause,
  })
}
