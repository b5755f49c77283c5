import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { KeyContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { enqueueMail } from '../mail/enqueue-mail.ts'
import { mailLocale } from '../mail/mail-locale.ts'
import { checkPasswordRules } from './check-password-rules.ts'
import { passwordRefusal } from './create-user.ts'
import { endSessionsOfUser } from './end-sessions.ts'
import { passwordInput, tokenInput } from './inputs.ts'
import { spendLinkToken } from './link-tokens.ts'
import { recordHubEvent } from './record-hub-event.ts'

export const confirmPasswordReset = defineAction<KeyContext>()({
  id: 'confirmPasswordReset',
  summary: 'Set a new password with the mailed token; every session ends',
  problems: ['link_invalid', 'invalid_password'],
  body: z.strictObject({ token: tokenInput, password: passwordInput }),
  output: null,
  async run(context, { body }) {
    const { services, mode } = context
    await services.limits.spend('guess', context.ip)
    checkPasswordRules(services.settings, body.password)
    const email = await services.db.hub(mode, async (trx) => {
      const userId = await spendLinkToken(trx, 'password_reset', body.token)
      // The link went to the address, so using it proves the address as well.
      const [user] = (await trx('users')
        .where({ id: userId, state: 'active' })
        .update({
          email_verified_at: trx.raw('coalesce(email_verified_at, now())'),
          password_version: trx.raw('password_version + 1'),
          updated_at: trx.fn.now(),
        })
        .returning('email')) as { email: string }[]
      if (!user) throw new Problem('link_invalid')
      // Whoever knew the old password is signed out everywhere.
      await endSessionsOfUser(trx, userId, 'password_reset')
      await enqueueMail(services, trx, {
        template: 'password-changed',
        to: user.email,
        data: {},
        locale: mailLocale(context),
      })
      await recordHubEvent(trx, context, 'password.changed', userId)
      // Last, and inside: a password that Keycloak refuses, or its absence, leaves the link unspent.
      await setPassword(context, userId, user.email, body.password)
      return user.email
    })
    await services.limits.login.forget(`${mode}:${email}`)
  },
})

async function setPassword(
  { services, mode }: KeyContext,
  userId: string,
  email: string,
  password: string,
): Promise<void> {
  const { users } = services.keycloak
  try {
    await users.setPassword(mode, userId, password)
  } catch (error) {
    throw passwordRefusal(error)
  }
  await users.setEmail(mode, userId, email, true)
  await users.unlock(mode, userId)
}
