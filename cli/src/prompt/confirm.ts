import { exitCodes, UserError } from '../errors.ts'
import type { Output } from '../output/output.ts'
import { askYesNo } from './ask.ts'

/** Asks before a dangerous action; "no" is exit 8, no terminal and no `--yes` is exit 2. */
export async function confirmOrDecline(
  output: Output,
  message: string,
  flags: { yes?: boolean },
): Promise<void> {
  const isAgreed = await askYesNo(output, {
    flag: '--yes',
    message,
    value: undefined,
    yes: flags.yes,
  })
  if (isAgreed) return
  throw new UserError({
    code: 'declined',
    what: 'Nothing was changed.',
    why: 'The question was answered with no.',
    next: ['Run the command again when you are sure.'],
    exitCode: exitCodes.declined,
  })
}
