import { z } from 'zod'
import { joinByDomain } from '../domains/join-by-domain.ts'
import { Problem } from '../errors.ts'
import type { KeyContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { findUserById } from './find-user.ts'
import { tokenInput } from './inputs.ts'
import { spendLinkToken } from './link-tokens.ts'
import { recordHubEvent } from './record-hub-event.ts'
import { readPeople, sessionAnswer } from './session-answer.ts'
import { startSession } from './start-session.ts'

export const verifyEmail = defineAction<KeyContext>()({
  id: 'verifyEmail',
  summary: 'Prove the address with the mailed token, and sign in',
  problems: ['link_invalid', 'invalid_credentials'],
  body: z.strictObject({ token: tokenInput }),
  output: sessionAnswer,
  async run(context, { body }) {
    const { services, mode } = context
    await services.limits.spend('guess', context.ip)
    const userId = await services.db.hub(mode, async (trx) => {
      const id = await spendLinkToken(trx, 'verify_email', body.token)
      const [user] = await trx('users')
        .where({ id, state: 'active' })
        .update({ email_verified_at: trx.fn.now(), updated_at: trx.fn.now() })
        .returning('email')
      if (!user) throw new Problem('link_invalid')
      await recordHubEvent(trx, context, 'email.verified', id)
      // Inside the transaction: with Keycloak away the link is not spent.
      await services.keycloak.users.setEmail(mode, id, user.email, true)
      return id
    })
    const user = await findUserById(services.db, mode, userId)
    if (!user) throw new Problem('link_invalid')
    await joinByDomain(services, mode, { ...context, userId, email: user.email })
    const people = await readPeople(services, mode, user, null)
    return startSession(context, { people, amr: ['email'], authTime: new Date() })
  },
})
