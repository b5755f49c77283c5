import { facts } from '../output/facts.ts'
import type { Output } from '../output/output.ts'
import type { ImportAnswer } from './import.ts'
import { type Fault, type PasswordOutcome, passwordWords } from './import-result.ts'

const FAULTS_SHOWN = 20

/** What is true now (or would be), how the passwords came along, and the lines that did not come in. */
export function showImport(output: Output, answer: ImportAnswer): void {
  const { style } = output
  const { dryRun, created, updated, skipped, failed, joined, passwords, faults } = answer
  output.data()
  output.data(style.bold(dryRun ? 'This would happen; nothing was written' : 'Imported'))
  const rows: [string, string | number | null][] = [
    ['New', created],
    ['Updated', updated || null],
    ['Left as is', skipped || null],
    ['Joined', joined || null],
    ['Refused', failed || null],
    ['Passed over', answer.passedOver || null],
  ]
  for (const line of facts(
    output.style,
    rows.filter(([, value]) => value !== null),
  )) {
    output.data(line)
  }
  showPasswords(output, passwords)
  if (faults.length > 0) showFaults(output, faults)
  if (answer.unread.length > 0) {
    output.warn(`Not read, because no such field is known: ${answer.unread.join(', ')}.`)
  }
  output.data()
  output.data(`Next: ${dryRun ? 'the same command without --dry-run' : 'authstack users list'}`)
}

function showPasswords(output: Output, passwords: ImportAnswer['passwords']): void {
  const found = Object.entries(passwords).filter(([, people]) => people > 0)
  if (found.length === 0) return
  output.data()
  output.data(output.style.bold('Passwords'))
  for (const [outcome, people] of found) {
    const words = passwordWords[outcome as PasswordOutcome]
    const isWithout = !['kept', 'chosen_here'].includes(outcome)
    output.data(
      `  ${people.toLocaleString('en').padStart(9)}  ${words}${isWithout ? ': they set one through "Forgot password"' : ''}`,
    )
  }
}

function showFaults(output: Output, faults: Fault[]): void {
  output.data()
  output.table(
    [
      { title: 'LINE', value: (fault) => fault.line, align: 'right' },
      { title: 'E-MAIL', value: (fault) => fault.email ?? '', dropOrder: 1 },
      { title: 'REASON', value: (fault) => fault.reason },
    ],
    faults.slice(0, FAULTS_SHOWN),
  )
  const more = faults.length - FAULTS_SHOWN
  if (more > 0) output.data(`  and ${more.toLocaleString('en')} more; --json lists all`)
}
