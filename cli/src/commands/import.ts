import { Args, Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../base-command.ts'
import { exitCodes } from '../errors.ts'
import { environmentFlag, modeFlag } from '../flags.ts'
import { formats } from '../import/person.ts'

export default class Import extends BaseCommand<typeof Import> {
  static override summary = 'Take users over from another system, with their passwords'
  static override description =
    `CSV, JSON lines, a Keycloak realm export, or an export of Auth0 or Clerk; which one is found out.
Hashes of bcrypt, argon2 and PBKDF2 go on working. Who has another sets a new password through
"Forgot password". An interrupted import goes on where it stopped when the command is run again.`
  static override examples = [
    {
      description: 'See what would happen',
      command: '<%= config.bin %> import users.csv --dry-run',
    },
    {
      description: 'Bring people up to date who are there',
      command: '<%= config.bin %> import realm-export.json --on-conflict update',
    },
  ]
  static override args = { file: Args.string({ description: 'The file', required: true }) }
  static override flags = {
    format: Flags.option({
      description: 'Whose export it is, when it is not found out',
      options: formats,
      helpValue: formats.join('|'),
    })(),
    'dry-run': Flags.boolean({ description: 'Say what would happen, write nothing' }),
    'on-conflict': Flags.option({
      description: 'What to do with an address that is there already',
      options: ['skip', 'update', 'fail'] as const,
      default: 'skip',
      helpValue: 'skip|update|fail',
    })(),
    restart: Flags.boolean({
      description: 'From the first line, though an import was interrupted',
    }),
    ...environmentFlag,
    ...modeFlag,
  }

  protected async execute({ args, flags, output, signal }: CommandInput<typeof Import>) {
    const { findInstance } = await import('../state/find-instance.ts')
    const { openOperator } = await import('../operator/operator-client.ts')
    const { readSettings } = await import('../project/read-settings.ts')
    const { importUsers } = await import('../import/import.ts')
    const { showImport } = await import('../import/show-import.ts')
    const { project, instance } = await findInstance(flags.env)
    const settings = await readSettings(project.settingsFile)
    const result = await importUsers({
      file: args.file,
      format: flags.format,
      mode: flags.mode,
      onConflict: flags['on-conflict'],
      dryRun: flags['dry-run'] ?? false,
      restart: flags.restart ?? false,
      fields: (settings.signup?.fields ?? []).map(({ name }) => name),
      paths: instance.paths,
      openOperator: () => openOperator(instance, flags.mode, signal),
      output,
      signal,
    })
    return {
      result,
      show: () => showImport(output, result),
      ...(result.faults.length > 0 ? { exitCode: exitCodes.failed } : {}),
    }
  }
}
