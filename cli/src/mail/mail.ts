import type { OperatorClient } from '../operator/operator-client.ts'

export type MailTest = {
  provider: string
  from: string
  sent: boolean
  /** Who can mend it when it was not sent. */
  fault: 'recipient' | 'settings' | 'temporary' | null
  error: string | null
  checks: {
    name: string
    status: 'ok' | 'weak' | 'missing' | 'wrong' | 'unknown'
    record: string
    found: string | null
    advice: string | null
    fixer: 'dns' | 'settings' | null
  }[]
}

export type MailPreviews = {
  from: string
  locales: { locale: string; isOffered: boolean }[]
  data: {
    template: string
    locale: string
    subject: string
    html: string
    text: string
    /** The words are those of extensions/mails. */
    isOwn: boolean
  }[]
}

/** Sends one mail now by the provider of the settings, and looks the sender's domain up. */
export function testMail(operator: OperatorClient, to: string): Promise<MailTest> {
  return operator.call({ method: 'POST', path: '/mail/test', body: { to } })
}

export function previewMails(operator: OperatorClient): Promise<MailPreviews> {
  return operator.call({ method: 'GET', path: '/mail/previews' })
}
