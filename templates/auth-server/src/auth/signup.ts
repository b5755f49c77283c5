import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { KeyContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { acceptInvitationAtSignup } from '../invitations/accept-invitation-at-signup.ts'
import { checkInvitationForSignup } from '../invitations/check-invitation-for-signup.ts'
import { enqueueMail } from '../mail/enqueue-mail.ts'
import { mailLocale } from '../mail/mail-locale.ts'
import { atLeast } from './at-least.ts'
import { checkPasswordRules } from './check-password-rules.ts'
import { createUser } from './create-user.ts'
import { findUserByEmail } from './find-user.ts'
import { emailInput, nameInput, passwordInput, tokenInput } from './inputs.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { parseSignupFields } from './parse-signup-fields.ts'
import { recordHubEvent } from './record-hub-event.ts'
import type { UserRow } from './user-view.ts'

/** Above what a bcrypt hash and the user's creation take, so that a known address answers no sooner. */
const ANSWER_MILLISECONDS = 900

export const signup = defineAction<KeyContext>()({
  id: 'signup',
  summary: 'Sign up; the answer is the same for a known address',
  problems: [
    'signup_disabled',
    'invalid_password',
    'conflict',
    'link_invalid',
    'invitation_for_another_address',
    'limit_reached',
  ],
  body: z.strictObject({
    email: emailInput,
    password: passwordInput,
    firstName: nameInput.optional(),
    lastName: nameInput.optional(),
    fields: z.record(z.string(), z.unknown()).optional(),
    invitationToken: tokenInput.optional(),
  }),
  status: 201,
  output: z.object({ status: z.enum(['check_email', 'verified']) }),
  async run(context, { body }) {
    const { services, mode, ip } = context
    // Everything that depends on the input alone comes before anything that depends on the address.
    if (!services.settings.signup.enabled && !body.invitationToken) {
      throw new Problem('signup_disabled')
    }
    checkPasswordRules(services.settings, body.password)
    const fields = parseSignupFields(services.settings, body.fields)
    await services.limits.spend('signup', ip)
    await services.hooks.beforeSignup?.({ mode, email: body.email, ip })
    const person = { ...body, fields }
    if (body.invitationToken) return signUpInvited(context, person, body.invitationToken)
    await services.limits.spend('mail', `${mode}:${body.email}`)
    // Two at once would meet in the middle of making a new person and fail, which only an unknown
    // address can; the floor is inside, so that the second waits as long whichever it is.
    await oneAtATime(`signup:${mode}:${body.email}`, () =>
      atLeast(ANSWER_MILLISECONDS, signUpUnproved(context, person)),
    )
    return { status: 'check_email' as const }
  },
})

interface NewPerson {
  email: string
  password: string
  firstName?: string | undefined
  lastName?: string | undefined
  fields: Record<string, unknown>
}

async function signUpUnproved(context: KeyContext, person: NewPerson): Promise<void> {
  const { services, mode } = context
  const known = await findUserByEmail(services.db, mode, person.email)
  if (known?.email_verified_at || known?.state === 'disabled') return tellOwner(context, known)
  // An address that nobody proved belongs to nobody yet: the newest sign-up's password counts, and
  // older links die, so an early stranger's password does not wait for the owner's click.
  const userId = await createUser(context, person, { known, isVerified: false })
  await services.hooks.afterSignup?.({ mode, email: person.email, userId, ip: context.ip })
}

/** The owner learns of the attempt by mail; whoever made it learns nothing. */
async function tellOwner(context: KeyContext, known: UserRow): Promise<void> {
  const { services, mode } = context
  // Costs as much as making the account would.
  await services.keycloak.users.checkPassword(mode, randomUUID(), randomUUID())
  await services.db.hub(mode, async (trx) => {
    const locale = mailLocale(context)
    await enqueueMail(services, trx, {
      template: 'account-exists',
      to: known.email,
      data: {},
      locale,
    })
    await recordHubEvent(trx, context, 'signup.repeated', known.id)
  })
}

/** The invitation was mailed to this address, so holding its token proves the address. */
async function signUpInvited(context: KeyContext, person: NewPerson, token: string) {
  const { services, mode } = context
  await services.limits.spend('guess', context.ip)
  await checkInvitationForSignup(services, mode, { token, email: person.email })
  const known = await findUserByEmail(services.db, mode, person.email)
  if (known?.email_verified_at) {
    throw new Problem('conflict', { detail: 'You have an account. Sign in to accept.' })
  }
  const userId = await createUser(context, person, { known, isVerified: true })
  await acceptInvitationAtSignup(services, mode, { token, userId, email: person.email })
  await services.hooks.afterSignup?.({ mode, email: person.email, userId, ip: context.ip })
  return { status: 'verified' as const }
}
