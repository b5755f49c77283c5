import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag } from '../../flags.ts'

export default class SecretsList extends BaseCommand<typeof SecretsList> {
  static override summary = 'List the names of the secrets'
  static override description = 'Names and dates only; no command shows a value.'
  static override examples = [
    { description: 'Of the local environment', command: '<%= config.bin %> secrets list' },
  ]
  static override flags = { ...environmentFlag }

  protected async execute({ flags, output }: CommandInput<typeof SecretsList>) {
    const { findSecrets } = await import('../../secrets/find-secrets.ts')
    const { listSecrets } = await import('../../secrets/secrets-file.ts')
    const { relativeDate } = await import('../../output/dates.ts')
    const data = await listSecrets(await findSecrets(flags.env))
    const show = () => {
      if (data.length === 0) return output.data(`No secrets in ${flags.env} yet.`)
      output.table(
        [
          { title: 'NAME', value: (secret) => secret.name },
          { title: 'SET', value: (secret) => relativeDate(secret.setAt) },
        ],
        data,
      )
    }
    return { result: { data }, show }
  }
}
