import type { Services } from '../services.ts'
import { MailError } from './mail-error.ts'
import type { MailSettings } from './mail-settings.ts'
import { openPostmark } from './providers/postmark.ts'
import type { Provider, ReadSecret } from './providers/provider.ts'
import { openResend } from './providers/resend.ts'
import { openSendgrid } from './providers/sendgrid.ts'
import { openSes } from './providers/ses.ts'
import { openSmtp } from './providers/smtp.ts'

type Needs = Pick<Services, 'env' | 'settings'>

/** The way out that the settings name; secrets are read at each mail, so a new key needs no restart. */
export function openProvider({ env, settings }: Needs): Provider {
  const { mail } = settings
  const secret: ReadSecret = (name) => {
    const value = env.secret(name)
    if (value !== null) return value
    throw new MailError('settings', `The secret ${name} is not set: authstack secrets set ${name}`)
  }
  switch (mail?.provider) {
    case undefined:
      return openMailbox({ env })
    case 'postmark':
      return openPostmark(mail, secret)
    case 'resend':
      return openResend(mail, secret)
    case 'sendgrid':
      return openSendgrid(mail, secret)
    case 'ses':
      return openSes(mail, secret)
    case 'smtp':
      return openSmtp(() => smtpServer(mail, secret), hostOf(env))
  }
}

/** The SMTP server of the environment: on a developer's machine, the mailbox. */
export function openMailbox({ env }: Pick<Needs, 'env'>): Provider {
  const url = new URL(env.smtpUrl)
  const secure = url.protocol === 'smtps:'
  const auth = url.username
    ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
    : null
  const port = Number(url.port || (secure ? 465 : 587))
  return openSmtp(() => ({ host: url.hostname, port, secure, auth }), hostOf(env))
}

/** Host and port that live mails are handed to, for the operators' status. */
export function mailDestination({ env, settings }: Needs): { host: string; port: number } {
  const { mail } = settings
  if (!mail || (env.environment === 'local' && !mail.sendFromLocal)) {
    const url = new URL(env.smtpUrl)
    return { host: url.hostname, port: Number(url.port || 25) }
  }
  if (mail.provider === 'smtp') return { host: mail.host, port: mail.port ?? 587 }
  const hosts = {
    postmark: 'api.postmarkapp.com',
    resend: 'api.resend.com',
    sendgrid: 'api.sendgrid.com',
    ses: `email.${mail.provider === 'ses' ? mail.region : ''}.amazonaws.com`,
  }
  return { host: hosts[mail.provider], port: 443 }
}

function smtpServer(mail: Extract<MailSettings, { provider: 'smtp' }>, secret: ReadSecret) {
  const port = mail.port ?? 587
  const auth = mail.user
    ? { user: mail.user, pass: secret(mail.password ?? 'SMTP_PASSWORD') }
    : null
  return { host: mail.host, port, secure: port === 465, auth }
}

function hostOf({ publicUrl }: Needs['env']): string {
  return new URL(publicUrl).hostname
}
