import { Args } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag } from '../../flags.ts'

export default class SecretsSet extends BaseCommand<typeof SecretsSet> {
  static override summary = 'Set a secret of an environment'
  static override description =
    `The value is typed unseen or piped in; it is never a flag or argument, because other users of
this computer see those. It takes effect at the next deploy. Versions do not hold it, so a rollback keeps it.`
  static override examples = [
    {
      description: 'Ask for the value',
      command: '<%= config.bin %> secrets set STRIPE_SECRET_KEY',
    },
    {
      description: 'From a file',
      command: '<%= config.bin %> secrets set STRIPE_SECRET_KEY < key.txt',
    },
  ]
  static override args = {
    name: Args.string({ description: 'Name, in capitals', required: true }),
  }
  static override flags = { ...environmentFlag }

  protected async execute({ args, flags, output }: CommandInput<typeof SecretsSet>) {
    const { usageError } = await import('../../errors.ts')
    const { checkSecretName, writeSecret } = await import('../../secrets/secrets-file.ts')
    const { findSecrets } = await import('../../secrets/find-secrets.ts')
    const { askSecret } = await import('../../prompt/ask.ts')
    const verdict = checkSecretName(args.name)
    if (verdict !== true) {
      throw usageError({
        code: 'secret_name_invalid',
        what: `"${args.name}" cannot name a secret.`,
        why: verdict,
        next: ['Run the command again with another name. The value does not belong there.'],
      })
    }
    const paths = await findSecrets(flags.env)
    const value = await askSecret(output, {
      message: `Value of ${args.name}`,
      howToPipe: `Pipe it in: authstack secrets set ${args.name} < file`,
    })
    const { existed } = await writeSecret(paths, args.name, value)
    const { talkStyle: style } = output
    const show = () => {
      output.talk(
        `${style.accent(style.marks.done)} ${args.name} is ${existed ? 'replaced' : 'set'} for ${flags.env}.`,
      )
      output.talk(style.dim('It takes effect at the next deploy.'))
    }
    return { result: { name: args.name, environment: flags.env, replaced: existed }, show }
  }
}
