import { Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class KeysCreate extends BaseCommand<typeof KeysCreate> {
  static override summary = 'Create an API key'
  static override description =
    `Browser and native keys are publishable. A secret key is for a server only and is shown once.
The key alone is printed on stdout.`
  static override examples = [
    {
      description: 'For a web app',
      command:
        '<%= config.bin %> keys create --kind browser --name web --origin https://app.example.com --redirect-uri https://app.example.com/callback',
    },
    {
      description: 'For a backend that holds the sessions',
      command: '<%= config.bin %> keys create --kind secret --name backend --scope bff',
    },
    {
      description: 'For tests of a native app',
      command: '<%= config.bin %> keys create --kind native --name ios --mode test',
    },
  ]
  static override flags = {
    kind: Flags.option({
      description: 'Who holds it',
      options: ['browser', 'native', 'secret'] as const,
      helpValue: 'browser|native|secret',
    })(),
    name: Flags.string({ description: 'Name to tell it by', helpValue: '<name>' }),
    origin: Flags.string({
      description: 'Origin that may use it (repeatable)',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<origin>',
    }),
    'redirect-uri': Flags.string({
      description: 'Where hosted sign-in may return to (repeatable)',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<url>',
    }),
    'session-delivery': Flags.option({
      description: 'How a session reaches its holder',
      options: ['cookie', 'bff', 'body'] as const,
      helpValue: 'cookie|bff|body',
    })(),
    scope: Flags.string({
      description:
        'What a secret key may do (repeatable): bff, introspect, organizations:read, users:write',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<scope>',
    }),
    ...environmentFlag,
    ...modeFlag,
  }

  protected async execute({ flags, output, signal }: CommandInput<typeof KeysCreate>) {
    const { askNewKey } = await import('../../keys/ask-new-key.ts')
    const { findInstance } = await import('../../state/find-instance.ts')
    const { openOperator } = await import('../../operator/operator-client.ts')
    const { createKey } = await import('../../keys/keys.ts')
    const { showNewKey } = await import('../../keys/show-key.ts')
    const { instance } = await findInstance(flags.env)
    const wanted = await askNewKey(output, {
      kind: flags.kind,
      name: flags.name,
      origins: flags.origin,
      redirectUris: flags['redirect-uri'],
      sessionDelivery: flags['session-delivery'],
      scopes: flags.scope,
    })
    const result = await createKey(await openOperator(instance, flags.mode, signal), wanted)
    return { result, show: () => showNewKey(output, result) }
  }
}
