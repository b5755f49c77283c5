import { UserError } from '../errors.ts'
import type { Output } from '../output/output.ts'
import type { MailTest } from './mail.ts'

const fixers = {
  recipient: 'The address takes no mail: try another one.',
  settings: 'Whoever runs this instance: mend "mail" in authstack.config.ts or its secret.',
  temporary: 'Nobody yet: run the command again in a minute.',
}

/** What was sent, and each record with what to do about it. */
export function showMailTest(output: Output, result: MailTest, to: string): void {
  const { sent, provider, from, checks } = result
  if (sent) output.data(`Sent from ${from} to ${to} by ${provider}.`)
  for (const { name, status, record, found, advice, fixer } of checks) {
    const { done, failed, warning } = output.style.marks
    const mark =
      status === 'ok' ? done : status === 'weak' || status === 'unknown' ? warning : failed
    output.data(`${mark} ${name.padEnd(6)}${status.padEnd(9)}${record}`)
    if (found && status !== 'ok') output.data(`    found: ${found.replace(/\p{Cc}/gu, ' ')}`)
    if (advice) {
      const who = fixer === 'dns' ? 'Whoever runs the DNS: ' : ''
      output.data(`    ${who}${advice}`)
    }
  }
  if (sent && checks.length === 0) {
    output.data('The settings name no provider, so it went to the mailbox: authstack open mailbox')
  }
}

/** Why the command must not exit with 0, or null. */
export function mailTestFault({ sent, fault, error, checks }: MailTest): UserError | null {
  if (!sent) {
    return new UserError({
      code: 'mail_not_sent',
      what: 'The mail was not sent.',
      why: error ?? 'The provider did not say why.',
      next: [fixers[fault ?? 'temporary']],
    })
  }
  const bad = checks.filter(({ status }) => status === 'missing' || status === 'wrong')
  if (bad.length === 0) return null
  return new UserError({
    code: 'mail_domain_faulty',
    what: 'The mail was sent, and may be taken for spam.',
    why: bad.map(({ name, status, record }) => `${name} is ${status} (${record})`).join('; '),
    next: bad.map(({ advice }) => advice ?? '').filter(Boolean),
  })
}
