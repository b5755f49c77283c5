import type { Check } from './check.ts'
import { checkComputer } from './check-computer.ts'
import { checkProject } from './check-project.ts'

export type DoctorResult = {
  /** Nothing fails. */
  ok: boolean
  checks: Omit<Check, 'fix'>[]
  /** What --fix did, a sentence each. */
  fixed: string[]
}

/** Looks at everything an instance needs; with `shouldFix` puts right what it safely can, then looks again. */
export async function doctor(environment: string, shouldFix: boolean): Promise<DoctorResult> {
  const look = async () => [...(await checkComputer()), ...(await checkProject(environment))]
  let checks = await look()
  const fixed: string[] = []
  if (shouldFix) {
    for (const { fix } of checks) if (fix) fixed.push(await fix())
    if (fixed.length > 0) checks = await look()
  }
  return {
    ok: checks.every(({ status }) => status !== 'fail'),
    checks: checks.map(({ fix, ...check }) => check),
    fixed,
  }
}
