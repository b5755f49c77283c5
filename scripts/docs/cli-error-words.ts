import { cliAuditWords } from './cli-audit-words.ts'
import { cliInstanceWords } from './cli-instance-words.ts'
import { cliProjectWords } from './cli-project-words.ts'

/** What docs/errors/<code>.md says of an error of the command; the exit code is read from its sources. */
export type CliErrorWords = {
  /** The error in general; the command prints the case at hand. */
  title: string
  why: string
  /** The next step, for the person who ran the command (`fixer: 'us'`: for what they send us). */
  next: string
  fixer?: 'us'
}

export const cliErrorWords: Record<string, CliErrorWords> = {
  ...cliProjectWords,
  ...cliInstanceWords,
  ...cliAuditWords,
}
