import { Args, Flags } from '@oclif/core'
import { BaseCommand, type CommandInput } from '../base-command.ts'
import { environmentFlag } from '../flags.ts'

export default class Logs extends BaseCommand<typeof Logs> {
  static override summary = 'What the parts of the instance say'
  static override examples = [
    '<%= config.bin %> logs',
    '<%= config.bin %> logs api -f',
    '<%= config.bin %> logs keycloak --lines 200',
  ]
  static override args = {
    process: Args.string({
      description: 'front, api, keycloak, postgres, redis, mailbox, or a task such as migrate',
    }),
  }
  static override flags = {
    ...environmentFlag,
    follow: Flags.boolean({ char: 'f', description: 'Go on until Ctrl-C' }),
    lines: Flags.integer({ char: 'n', description: 'Lines of each log', default: 40, min: 0 }),
  }

  protected async execute({ flags, args, output, signal }: CommandInput<typeof Logs>) {
    const { findProject } = await import('../project/find-project.ts')
    const { localPlace } = await import('../deploy/open-environment.ts')
    const { chooseLogs, readLogs, followLogs } = await import('../local/read-logs.ts')
    const { paths } = localPlace(await findProject(), flags.env)
    const logs = chooseLogs(paths, args.process ?? null)
    const lines = readLogs(paths, logs, flags.lines)
    if (!flags.follow) {
      const show = () => {
        for (const line of lines) output.data(`${output.style.dim(line.process)} ${line.text}`)
      }
      return { result: { lines }, show }
    }
    const write = (line: { process: string; text: string }) => {
      if (output.json) process.stdout.write(`${JSON.stringify(line)}\n`)
      else output.data(`${output.style.dim(line.process)} ${line.text}`)
    }
    for (const line of lines) write(line)
    await followLogs(paths, logs, write, signal)
    return undefined
  }
}
