import { z } from 'zod'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { modeQuery } from '../operator/mode-query.ts'
import { composeMail } from './compose-mail.ts'
import { loadOwnWords } from './load-own-words.ts'
import { sampleMails } from './sample-mails.ts'
import { mailFrom } from './send-mail.ts'
import { mailLanguages } from './words/words-of.ts'

/** The operator's own machine shows them (`authstack mail preview`); nothing is sent. */
export const previewMails = defineAction<OperatorContext>()({
  id: 'operatorPreviewMails',
  summary: 'Every mail in every language, as it would be sent, with made-up names',
  query: modeQuery,
  output: z.object({
    from: z.string(),
    /** The languages of the settings, then the others that mails are written in. */
    locales: z.array(z.object({ locale: z.string(), isOffered: z.boolean() })),
    data: z.array(
      z.object({
        template: z.string(),
        locale: z.string(),
        subject: z.string(),
        html: z.string(),
        text: z.string(),
        isOwn: z.boolean().describe('The words are those of extensions/mails'),
      }),
    ),
  }),
  async run({ services, mode }) {
    const own = await loadOwnWords()
    const offered = services.settings.locales
    const others = mailLanguages.filter((one) => !offered.some((locale) => locale.startsWith(one)))
    const locales = [
      ...offered.map((locale) => ({ locale, isOffered: true })),
      ...others.map((locale) => ({ locale, isOffered: false })),
    ]
    const data = locales.flatMap(({ locale }) =>
      sampleMails.map((mail) => ({
        template: mail.template,
        locale,
        ...composeMail(services, own, { mode, mail, token: mail.token ?? null, locale }),
        isOwn: own[mail.template] !== undefined,
      })),
    )
    return { from: mailFrom(services), locales, data }
  },
})
