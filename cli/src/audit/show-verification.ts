import type { Output } from '../output/output.ts'
import { nameOf, type Verification } from './trails.ts'

/** One line a trail, and below it what broke. */
export function showVerification(output: Output, results: Verification[]): void {
  const { style } = output
  for (const { trail, isWhole, checked, head, faults } of results) {
    const mark = isWhole ? style.marks.done : style.marks.failed
    const size = head ? `${checked} checked, ends at ${head.seq}` : 'empty'
    output.data(`${mark} ${nameOf(trail)}  ${size}`)
    for (const { kind, message } of faults) output.data(`    ${message} (${kind})`)
  }
  const broken = results.filter(({ isWhole }) => !isWhole).length
  if (broken > 0) {
    output.talk(
      `${broken} of ${results.length} ${results.length === 1 ? 'trail does' : 'trails do'} not verify. Keep the database as it is, and compare it with the last backup.`,
    )
  }
}
