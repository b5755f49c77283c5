import { Command, Flags, type Interfaces } from '@oclif/core'
import { interruptible } from './interrupt.ts'
import { Output } from './output/output.ts'
import type { Report } from './output/report.ts'

export type CommandInput<T extends typeof Command> = {
  flags: Interfaces.InferredFlags<(typeof BaseCommand)['baseFlags'] & T['flags']>
  args: Interfaces.InferredArgs<T['args']>
  output: Output
  /** Aborted by the first Ctrl-C. Long work listens, undoes what it must, and rejects. */
  signal: AbortSignal
}

/**
 * What every command shares: flags, one output, Ctrl-C, exit codes. A command parses, calls one
 * function with a plain options object, and returns a report.
 */
export abstract class BaseCommand<T extends typeof Command> extends Command {
  static override baseFlags = {
    json: Flags.boolean({
      description: 'Result as JSON on stdout, progress as NDJSON on stderr',
      helpGroup: 'GLOBAL',
    }),
    'no-color': Flags.boolean({ description: 'No colour', helpGroup: 'GLOBAL' }),
  }

  protected abstract execute(input: CommandInput<T>): Promise<Report | undefined>

  override async run(): Promise<void> {
    const { flags, args } = await this.parse({
      flags: this.ctor.flags,
      baseFlags: BaseCommand.baseFlags,
      args: this.ctor.args,
      strict: this.ctor.strict,
    })
    const input = { flags, args } as Pick<CommandInput<T>, 'flags' | 'args'>
    const output = new Output({ json: flags.json, noColor: flags['no-color'] })
    const report = await interruptible(
      (signal) => this.execute({ ...input, output, signal }),
      output,
    )
    if (!report) return
    if (output.json) output.result(report.result)
    else report.show?.(output)
    if (report.exitCode) process.exitCode = report.exitCode
  }

  /** Errors are printed by bin/run.js through `Output`, not by oclif. */
  override async catch(error: Error): Promise<void> {
    throw error
  }
}
