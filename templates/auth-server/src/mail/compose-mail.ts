import type { Mode } from '../db/mode.ts'
import type { Services } from '../services.ts'
import type { OwnWords } from './load-own-words.ts'
import type { Mail, MailTemplate } from './mail.ts'
import { mailContent } from './mail-content.ts'
import { renderHtml, renderText } from './render-mail.ts'

export interface ComposedMail {
  subject: string
  text: string
  html: string
}

type Needs = Pick<Services, 'env' | 'settings'>

/** Words, the customer's own over ours, then looks. What is sent and what is previewed is made here. */
export function composeMail(
  { env, settings }: Needs,
  own: Partial<Record<MailTemplate, OwnWords>>,
  { mode, mail, token, locale }: { mode: Mode; mail: Mail; token: string | null; locale: string },
): ComposedMail {
  const pagesUrl = mode === 'test' ? `${env.publicUrl}/test` : env.publicUrl
  const place = { name: settings.name, pagesUrl, locale }
  const builtIn = mailContent(mail, token, place)
  const content = own[mail.template]?.(builtIn, mail, place) ?? builtIn
  const look = {
    name: settings.name,
    primaryColor: settings.theme.primaryColor,
    radius: settings.theme.radius,
    logo: settings.logo,
    locale,
  }
  return {
    // It becomes a header: a line break in somebody's name must not begin another one.
    subject: content.subject.replace(/[\r\n]+/g, ' '),
    text: renderText(content, look),
    html: renderHtml(content, look),
  }
}
