import { Args } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../base-command.ts'
import { exitCodes, usageError } from '../errors.ts'
import { environmentFlag, yesFlag } from '../flags.ts'

export default class Rollback extends BaseCommand<typeof Rollback> {
  static override summary = 'Let a version from before serve again, in seconds'
  static override description =
    'Code, settings, realm settings and pages go back together. Rows, secrets and your working tree stay. Refused (exit 8) when a contract migration lies between.'
  static override examples = ['<%= config.bin %> rollback', '<%= config.bin %> rollback v1.0 --yes']
  static override args = {
    version: Args.string({ description: 'Version to go back to; the one before when left out' }),
  }
  static override flags = { ...environmentFlag, ...yesFlag }

  protected async execute({ flags, args, output, signal }: CommandInput<typeof Rollback>) {
    const { openEnvironment } = await import('../deploy/open-environment.ts')
    const { addresses } = await import('../deploy/show-deploy.ts')
    const { rollback } = await import('../rollback/rollback.ts')
    const { context, machine } = await openEnvironment(flags.env, signal)
    const confirm = async (from: string, to: string) => {
      if (flags.yes) return true
      if (!output.canAsk) throw answerMissing(from, to)
      const { confirm: ask } = await import('@inquirer/prompts')
      return ask({ message: `Replace ${from} by ${to}? Rows stay.`, default: true }, { signal })
    }
    const answer = await rollback({
      machine,
      version: args.version ?? null,
      by: context.owner,
      openSteps: (steps) => output.steps(steps),
      confirm,
      signal,
    })
    const isDone = answer.outcome === 'rolled back'
    return {
      result: { ...answer, ...(isDone ? addresses(machine.instance()) : {}) },
      show: () => {
        output.data()
        if (!isDone) return output.data('Nothing was changed.')
        const seconds = Math.round(answer.seconds)
        output.data(
          output.style.bold(
            `${answer.version} serves instead of ${answer.from}, after ${seconds} s.`,
          ),
        )
        output.data(
          '  Your working tree was not touched; the next deploy makes a new version of it.',
        )
        output.data()
        output.data('Next: authstack history')
      },
      exitCode: isDone ? exitCodes.ok : exitCodes.declined,
    }
  }
}

function answerMissing(from: string, to: string) {
  return usageError({
    code: 'answer_missing',
    what: `Rolling back from ${from} to ${to} needs a yes.`,
    why: 'There is no terminal to ask on.',
    next: [`authstack rollback ${to} --yes`],
  })
}
