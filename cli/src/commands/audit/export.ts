import { Flags } from '@oclif/core'
import { organizationFlag } from '../../audit/flags.ts'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class AuditExport extends BaseCommand<typeof AuditExport> {
  static override summary = 'Write a whole trail, to be kept or checked elsewhere'
  static override description =
    `NDJSON has every hash, signature and the key to check them, so "audit verify --file" needs no instance.
CSV is for reading. Both hold addresses of people: the file is readable by its owner only, and an
erasure does not reach it.`
  static override examples = [
    {
      description: 'One organization',
      command: '<%= config.bin %> audit export --organization acme --output acme.ndjson',
    },
    {
      description: 'To another program',
      command: '<%= config.bin %> audit export | jq -r .event.action',
    },
  ]
  static override flags = {
    ...organizationFlag,
    format: Flags.option({
      description: 'ndjson (can be verified) or csv (for reading)',
      options: ['ndjson', 'csv'] as const,
      default: 'ndjson',
      helpValue: 'ndjson|csv',
    })(),
    output: Flags.string({ description: 'A new file; without it, stdout', helpValue: '<file>' }),
    ...environmentFlag,
    ...modeFlag,
  }

  protected async execute({ flags, output, signal }: CommandInput<typeof AuditExport>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { exportLines } = await import('../../audit/export-lines.ts')
    const { writeExport } = await import('../../audit/write-export.ts')
    if (output.json && !flags.output) {
      const { usageError } = await import('../../errors.ts')
      throw usageError({
        code: 'output_missing',
        what: '--json needs --output.',
        why: 'With --json, stdout is one document that says how it went; the trail needs another place.',
        next: ['authstack audit export --json --output trail.ndjson'],
      })
    }
    const operator = await operatorOf(flags, signal)
    const { organization, format } = flags
    const lines = await writeExport(exportLines(operator, { organization, format }), flags.output)
    // The first line says whose trail it is.
    const result = { file: flags.output ?? null, format, events: lines - 1 }
    const show = () => {
      if (flags.output) output.talk(`${result.events} events in ${flags.output}`)
    }
    return { result, show }
  }
}
