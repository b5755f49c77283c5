import type { Output } from '../output/output.ts'
import type { InstanceFile } from '../state/instance.ts'
import type { DeployAnswer } from './deploy.ts'
import type { DeployPlan } from './plan-deploy.ts'

/** What `deploy --json` prints. */
export function deployResult(answer: DeployAnswer, instance: InstanceFile | null) {
  const { plan, ...rest } = answer
  return {
    ...rest,
    ...(instance ? addresses(instance) : {}),
    plan,
    next: answer.outcome === 'planned' ? 'authstack deploy' : 'authstack status',
  }
}

/** Where the parts of an instance are, for people and scripts. */
export function addresses(instance: InstanceFile) {
  return {
    publicUrl: instance.publicUrl,
    loginUrl: `${instance.publicUrl}/login`,
    mailboxUrl: `http://localhost:${instance.ports.mailbox}`,
  }
}

/** The last lines of a deploy: what exists now, and the one next command. */
export function showDeploy(
  output: Output,
  answer: DeployAnswer,
  instance: InstanceFile | null,
): void {
  if (answer.outcome === 'planned') {
    showPlan(output, answer.plan)
    return
  }
  output.data()
  output.data(output.style.bold(sentence(answer)))
  if (instance) {
    const { publicUrl, loginUrl, mailboxUrl } = addresses(instance)
    output.data(`  API      ${publicUrl}/api/v1`)
    output.data(`  Sign in  ${loginUrl}`)
    output.data(`  Mailbox  ${mailboxUrl}`)
  }
  for (const key of answer.createdKeys) {
    output.data(`  ${`Key ${key.name} (${key.mode})`.padEnd(20)} ${key.key}`)
  }
  if (answer.createdKeys.length > 0) {
    output.data(output.style.dim('  The key "backend" is secret and shown only now: keep it.'))
    output.data(output.style.dim('  The others again: authstack keys list'))
  }
  output.data()
  output.data(`Next: ${answer.outcome === 'deployed' ? 'authstack open' : 'authstack status'}`)
}

function sentence({ outcome, version, restarted, seconds, plan }: DeployAnswer): string {
  if (outcome === 'declined') return 'Nothing was changed.'
  if (outcome === 'unchanged') return `${version} is live; nothing changed.`
  if (outcome === 'restarted') return `${version} is live; restarted ${names(restarted)}.`
  return `${version} is live${plan.from ? ` instead of ${plan.from}` : ''}, after ${Math.round(seconds)} s.`
}

const PROPER: Record<string, string> = {
  api: 'the API',
  postgres: 'PostgreSQL',
  redis: 'Redis',
  keycloak: 'Keycloak',
  mailbox: 'the mailbox',
  front: 'the front',
}

function names(parts: string[]): string {
  const proper = parts.map((part) => PROPER[part] ?? part)
  return new Intl.ListFormat('en').format(proper)
}

function showPlan(output: Output, plan: DeployPlan): void {
  const { style } = output
  output.data(
    plan.isNewVersion
      ? style.bold(`${plan.to} would replace ${plan.from ?? 'nothing: it is the first'}`)
      : style.bold(`${plan.to} is live and would stay: nothing changed`),
  )
  if (plan.git?.isDirty) output.data('  Source   working tree with changes that are not committed')
  if (plan.changes) {
    const { added, changed, removed } = plan.changes
    for (const path of added) output.data(`  + ${path}`)
    for (const path of changed) output.data(`  ~ ${path}`)
    for (const path of removed) output.data(`  - ${path}`)
  }
  for (const path of plan.newMigrations) output.data(`  Migrates ${path}`)
  if (!plan.hasModules) output.data('  Installs modules by npm ci (needs the network)')
  for (const { name, action, why } of plan.services) {
    if (action !== 'keep') output.data(`  ${action} ${PROPER[name] ?? name} ${style.dim(why)}`)
  }
  output.data()
  output.data('Next: authstack deploy')
}
