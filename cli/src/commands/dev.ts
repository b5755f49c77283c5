import { BaseCommand, type CommandInput } from '../base-command.ts'
import { environmentFlag } from '../flags.ts'

export default class Dev extends BaseCommand<typeof Dev> {
  static override summary = 'Deploy, then serve the working tree and restart at every change'
  static override description =
    'Watches src/, extensions/, web/ and authstack.config.ts. Ctrl-C gives the instance back as it was: the deployed version serves again.'
  static override examples = ['<%= config.bin %> dev']
  static override flags = { ...environmentFlag }

  protected async execute({ flags, output, signal }: CommandInput<typeof Dev>) {
    const { existsSync } = await import('node:fs')
    const { join } = await import('node:path')
    const { openEnvironment } = await import('../deploy/open-environment.ts')
    const { deployEnvironment } = await import('../deploy/deploy-environment.ts')
    const { showDeploy } = await import('../deploy/show-deploy.ts')
    const { openDevServer } = await import('../dev/dev-server.ts')
    const { rebuildPages } = await import('../dev/rebuild-pages.ts')
    const { dev } = await import('../dev/dev.ts')
    const opened = await openEnvironment(flags.env, signal)
    const { project, context, machine } = opened
    const answer = await deployEnvironment(opened, { output, signal })
    const instance = machine.instance()
    showDeploy(output, answer, instance)
    const modules = join(machine.releaseFolder(answer.version ?? ''), 'node_modules')
    const server = openDevServer(
      { ...context, instance },
      machine,
      existsSync(modules) ? modules : null,
    )
    const say = (line: string) => output.talk(line)
    const has = (path: string) => existsSync(join(project.folder, path))
    if (has('web/index.html') && !has('web/dist')) {
      await rebuildPages(project.folder, say, signal)
    }
    say(`Mails as they look: http://127.0.0.1:${instance.ports.mailbox}/previews`)
    // The page of all mails at <mailbox>/previews follows the working tree.
    const onStarted = async () => {
      const { findInstance } = await import('../state/find-instance.ts')
      const { openOperator } = await import('../operator/operator-client.ts')
      const { readSettings } = await import('../project/read-settings.ts')
      const { writePreview } = await import('../mail/write-preview.ts')
      const { instance: live } = await findInstance(flags.env)
      const { name } = await readSettings(project.settingsFile)
      await openOperator(live, 'live', signal)
        .then((operator) => writePreview(operator, live.paths, name))
        .catch((error) => say(`The page of all mails is an older one: ${error.message}`))
    }
    await dev({ project: project.folder, server, onStarted, say, signal })
    return undefined
  }
}
