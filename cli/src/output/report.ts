import type { ExitCode } from '../errors.ts'
import type { Output } from './output.ts'

/** What a command answers: data for `--json`, and how people see it. */
export type Report = {
  /** Printed as it is with `--json`; scripts rely on its shape. */
  result: unknown
  /** Not called with `--json`. */
  show?: (output: Output) => void
  /** When the answer itself means "not well", as in `status`. */
  exitCode?: ExitCode
}
