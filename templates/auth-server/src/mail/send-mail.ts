import type { Mode } from '../db/mode.ts'
import type { Services } from '../services.ts'
import { composeMail } from './compose-mail.ts'
import { loadOwnWords } from './load-own-words.ts'
import type { Mail } from './mail.ts'
import { openMailbox, openProvider } from './open-provider.ts'

export interface NextMail {
  mode: Mode
  /** Of the outbox row: a repeat can be recognised by it. */
  id: string
  mail: Mail
  token: string | null
  locale: string
}

export interface MailSender {
  /** Hands one mail to the way out. Throws a `MailError` that says whose fault it is. */
  send(next: NextMail): Promise<void>
  /** Sends by the provider of the settings wherever this runs: for `authstack mail test` only. */
  sendForReal(next: NextMail): Promise<void>
  close(): void
}

/** The only door for mails that leave. Throws when a file in `extensions/mails` is at fault. */
export async function openMailSender(
  services: Pick<Services, 'env' | 'settings'>,
): Promise<MailSender> {
  const { env, settings } = services
  const own = await loadOwnWords()
  const isLocal = env.environment === 'local'
  const mailbox = openMailbox({ env })
  const provider = openProvider({ env, settings })
  const sendBy = async (out: typeof provider, next: NextMail) => {
    await out.send({
      id: next.id,
      from: mailFrom(services),
      to: next.mail.to,
      ...composeMail(services, own, next),
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    })
  }
  return {
    async send(next) {
      // The test key is public: off this computer, test mode must not be a way to mail strangers.
      if (next.mode === 'test') return isLocal ? sendBy(mailbox, next) : undefined
      // A developer's machine holds real addresses soon enough; its mails stay on it.
      const staysHere = isLocal && !settings.mail?.sendFromLocal
      return sendBy(staysHere ? mailbox : provider, next)
    },
    sendForReal: (next) => sendBy(provider, next),
    close() {
      mailbox.close?.()
      provider.close?.()
    },
  }
}

/** The sender of every mail. */
export function mailFrom({ env, settings }: Pick<Services, 'env' | 'settings'>): string {
  return settings.mail?.from ?? env.mailFrom
}
