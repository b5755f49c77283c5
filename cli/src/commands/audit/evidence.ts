import { Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { exitCodes } from '../../errors.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class AuditEvidence extends BaseCommand<typeof AuditEvidence> {
  static override summary = 'Write a folder for an auditor'
  static override description =
    `Settings, roles, who has access, keys, the signed end of every trail and the check of each, for SOC 2.
Keep it where the operators of the instance cannot write: the next one compares with it.`
  static override examples = [
    { description: 'Of today', command: '<%= config.bin %> audit evidence' },
    {
      description: 'Compared with last quarter, with every event',
      command:
        '<%= config.bin %> audit evidence --heads evidence-2026-08-25 --with-events --output q4',
    },
  ]
  static override flags = {
    output: Flags.string({
      description: 'A new folder (default evidence-<date>)',
      helpValue: '<folder>',
    }),
    heads: Flags.string({
      description: 'An evidence folder of before: its ends must still be there',
      helpValue: '<folder>',
    }),
    'with-events': Flags.boolean({ description: 'Also every trail as NDJSON' }),
    ...environmentFlag,
    ...modeFlag,
  }

  protected async execute({ flags, output, signal }: CommandInput<typeof AuditEvidence>) {
    const { writeEvidence } = await import('../../audit/evidence.ts')
    const { readHeads } = await import('../../audit/read-heads.ts')
    const { showVerification } = await import('../../audit/show-verification.ts')
    const { findInstance } = await import('../../state/find-instance.ts')
    const { openOperator } = await import('../../operator/operator-client.ts')
    const { readSettings } = await import('../../project/read-settings.ts')
    const { project, instance } = await findInstance(flags.env)
    const result = await writeEvidence(await openOperator(instance, flags.mode, signal), {
      folder: flags.output ?? `evidence-${new Date().toISOString().slice(0, 10)}`,
      project: project.name,
      environment: flags.env,
      mode: flags.mode,
      settings: await readSettings(project.settingsFile),
      settingsFile: project.settingsFile,
      heads: flags.heads ? await readHeads(flags.heads) : [],
      withEvents: flags['with-events'] ?? false,
      onStep: (text) => output.event({ event: 'step', text }),
    })
    const { results, ...rest } = result
    return {
      result: { ...rest, trails: results },
      show: () => {
        showVerification(output, results)
        output.talk(`${result.files.length} files in ${result.folder}`)
      },
      ...(result.isWhole ? {} : { exitCode: exitCodes.failed }),
    }
  }
}
