import { Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../base-command.ts'
import { exitCodes } from '../errors.ts'
import { environmentFlag } from '../flags.ts'

export default class Doctor extends BaseCommand<typeof Doctor> {
  static override summary = 'Look for what is missing or broken, and repair it'
  static override description =
    `Checks this computer, and the project and its instance when there is one. Linux is tested in CI,
macOS is best effort, Windows needs WSL2. --fix removes a lock that a dead process left, fetches a
missing Keycloak, forgets processes that ended and closes credential files to others.`
  static override examples = [
    { description: 'Look', command: '<%= config.bin %> doctor' },
    { description: 'Repair what can be repaired', command: '<%= config.bin %> doctor --fix' },
    { description: 'For a report of a problem', command: '<%= config.bin %> doctor --json' },
  ]
  static override flags = {
    fix: Flags.boolean({ description: 'Repair what can be repaired without harm' }),
    ...environmentFlag,
  }

  protected async execute({ flags, output }: CommandInput<typeof Doctor>) {
    const { doctor } = await import('../doctor/doctor.ts')
    const { showDoctor } = await import('../doctor/show-doctor.ts')
    const result = await doctor(flags.env, flags.fix)
    return {
      result,
      show: () => showDoctor(output, result),
      exitCode: result.ok ? exitCodes.ok : exitCodes.failed,
    }
  }
}
