import { z } from 'zod'
import type { KeyContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { enqueueMail } from '../mail/enqueue-mail.ts'
import { mailLocale } from '../mail/mail-locale.ts'
import { atLeast } from './at-least.ts'
import { findUserByEmail } from './find-user.ts'
import { checkEmailAnswer, emailInput } from './inputs.ts'
import { issueLinkToken } from './link-tokens.ts'
import { recordHubEvent } from './record-hub-event.ts'
import { returnOrigin } from './return-origin.ts'

const ANSWER_MILLISECONDS = 150

export const resendVerification = defineAction<KeyContext>()({
  id: 'resendVerification',
  summary: 'Mail the verification link again; the answer is the same for every address',
  body: z.strictObject({ email: emailInput }),
  status: 202,
  output: checkEmailAnswer,
  async run(context, { body }) {
    await context.services.limits.spend('mail', `${context.mode}:${body.email}`)
    await atLeast(ANSWER_MILLISECONDS, mailAgain(context, body.email))
    return { status: 'check_email' as const }
  },
})

async function mailAgain(context: KeyContext, email: string): Promise<void> {
  const { services, mode } = context
  const user = await findUserByEmail(services.db, mode, email)
  if (user?.state !== 'active' || user.email_verified_at) return
  await services.db.hub(mode, async (trx) => {
    const token = await issueLinkToken(trx, 'verify_email', user.id)
    await enqueueMail(services, trx, {
      template: 'verify-email',
      to: user.email,
      data: { returnTo: returnOrigin(context) },
      token,
      locale: mailLocale(context),
    })
    await recordHubEvent(trx, context, 'email.verification_resent', user.id)
  })
}
