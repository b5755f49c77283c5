import { Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { exitCodes } from '../../errors.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class AuditVerify extends BaseCommand<typeof AuditVerify> {
  static override summary = 'Check that no trail was changed'
  static override description =
    `Every hash is computed again, every link compared with the one before, every signature checked, and
the ends compared with those that were written down outside the database. Exit 1 when one is broken.`
  static override examples = [
    { description: 'Every trail', command: '<%= config.bin %> audit verify' },
    {
      description: 'An export, without the instance',
      command: '<%= config.bin %> audit verify --file acme.ndjson',
    },
    {
      description: 'Against what an auditor kept',
      command: '<%= config.bin %> audit verify --heads evidence-2026-10-01',
    },
  ]
  static override flags = {
    organization: Flags.string({
      description: 'Only this one; without it, every trail',
      helpValue: '<slug>',
    }),
    file: Flags.string({
      description: 'An NDJSON export instead of the instance',
      helpValue: '<file>',
      exclusive: ['organization'],
    }),
    heads: Flags.string({
      description: 'An evidence folder of before: its ends must still be there',
      helpValue: '<folder>',
    }),
    ...environmentFlag,
    ...modeFlag,
  }

  protected async execute({ flags, output, signal }: CommandInput<typeof AuditVerify>) {
    const { readHeads } = await import('../../audit/read-heads.ts')
    const { showVerification } = await import('../../audit/show-verification.ts')
    const heads = flags.heads ? await readHeads(flags.heads) : []
    const results = flags.file
      ? [await verifyExport(flags.file, heads)]
      : await verifyInstance(flags, heads, signal)
    const isWhole = results.every((result) => result.isWhole)
    return {
      result: { isWhole, trails: results },
      show: () => showVerification(output, results),
      ...(isWhole ? {} : { exitCode: exitCodes.failed }),
    }
  }
}

type Heads = { chain: string; seq: number; hash: string }[]

async function verifyExport(file: string, heads: Heads) {
  const { verifyFile } = await import('../../audit/verify-file.ts')
  return verifyFile(file, heads)
}

async function verifyInstance(
  flags: { env: string; mode: 'live' | 'test'; organization?: string },
  heads: Heads,
  signal: AbortSignal,
) {
  const { operatorOf } = await import('../../operator/operator-of.ts')
  const { verifyTrails } = await import('../../audit/verify-trails.ts')
  const operator = await operatorOf(flags, signal)
  return verifyTrails(operator, { organization: flags.organization, heads })
}
