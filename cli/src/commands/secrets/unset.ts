import { Args } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, yesFlag } from '../../flags.ts'

export default class SecretsUnset extends BaseCommand<typeof SecretsUnset> {
  static override summary = 'Remove a secret'
  static override description =
    'What needs it stops working at the next deploy. The value cannot be brought back.'
  static override examples = [
    { description: 'Ask first', command: '<%= config.bin %> secrets unset STRIPE_SECRET_KEY' },
    {
      description: 'In a script',
      command: '<%= config.bin %> secrets unset STRIPE_SECRET_KEY --yes',
    },
  ]
  static override args = { name: Args.string({ description: 'Name', required: true }) }
  static override flags = { ...environmentFlag, ...yesFlag }

  protected async execute({ args, flags, output }: CommandInput<typeof SecretsUnset>) {
    const { UserError } = await import('../../errors.ts')
    const { findSecrets } = await import('../../secrets/find-secrets.ts')
    const { listSecrets, writeSecret } = await import('../../secrets/secrets-file.ts')
    const { confirmOrDecline } = await import('../../prompt/confirm.ts')
    const paths = await findSecrets(flags.env)
    if (!(await listSecrets(paths)).some(({ name }) => name === args.name)) {
      throw new UserError({
        code: 'secret_unknown',
        what: `There is no secret ${args.name} in ${flags.env}.`,
        why: 'It was never set, or it is removed already.',
        next: ['authstack secrets list shows the names.'],
      })
    }
    await confirmOrDecline(output, `Remove ${args.name} from ${flags.env}?`, flags)
    await writeSecret(paths, args.name, null)
    const { talkStyle: style } = output
    const show = () => output.talk(`${style.accent(style.marks.done)} ${args.name} is removed.`)
    return { result: { name: args.name, environment: flags.env, removed: true }, show }
  }
}
