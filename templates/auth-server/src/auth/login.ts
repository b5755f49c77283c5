import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { blind } from '../alerts/blind.ts'
import { joinByDomain } from '../domains/join-by-domain.ts'
import { Problem } from '../errors.ts'
import type { KeyContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { networkOf } from '../http/network-of.ts'
import { PASSWORD_BYTES_MAX } from './check-password-rules.ts'
import { findUserByEmail } from './find-user.ts'
import { emailInput, passwordInput, uuidInput } from './inputs.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { recordHubEvent } from './record-hub-event.ts'
import { readPeople, sessionAnswer } from './session-answer.ts'
import { startSession, wrongPassword } from './start-session.ts'
import type { UserRow } from './user-view.ts'

/** Hides the few milliseconds by which an unknown, a locked and a wrong one differ. */
const REFUSAL_MILLISECONDS = 600

export const login = defineAction<KeyContext>()({
  id: 'login',
  summary: 'Sign in with email and password',
  problems: [
    'invalid_credentials',
    'email_not_verified',
    'too_many_attempts',
    'not_found',
    'limit_reached',
  ],
  body: z.strictObject({
    email: emailInput,
    password: passwordInput,
    organizationId: uuidInput.optional(),
  }),
  output: sessionAnswer,
  async run(context, { body }) {
    const { services, mode } = context
    const { email, password, organizationId } = body
    const { user, passwordVersion } = await oneAtATime(`${mode}:${email}`, () =>
      provePassword(context, email, password),
    )
    await services.hooks.beforeLogin?.({ mode, email, userId: user.id, ip: context.ip })
    if (needsVerification(context, user)) {
      // Said only after the right password: it is no news to the owner, and a secret to others.
      throw new Problem('email_not_verified', {
        detail: 'Follow the link in the mail that we sent you, then sign in.',
      })
    }
    await joinByDomain(services, mode, { ...context, userId: user.id, email })
    const people = await readPeople(services, mode, user, organizationId)
    if (organizationId && !people.chosen) throw new Problem('not_found')
    const answer = await startSession(context, {
      people,
      amr: ['pwd'],
      authTime: new Date(),
      passwordVersion,
    })
    await recordHubEvent(services.db.hubQuery(mode), context, 'login.succeeded', user.id)
    await services.hooks.afterLogin?.({ mode, email, userId: user.id, ip: context.ip })
    return answer
  },
})

/** The person whose password this is, or 401: the same for unknown, wrong, locked and switched off. */
async function provePassword(
  context: KeyContext,
  email: string,
  password: string,
): Promise<{ user: UserRow; passwordVersion: number }> {
  const { services, mode, ip } = context
  const attempt = await services.limits.login.attempt(
    `${mode}:${email}`,
    `${mode}:${networkOf(ip)}`,
  )
  const startedAt = Date.now()
  const user = await findUserByEmail(services.db, mode, email)
  const version = await services.db
    .hubQuery(mode)('users')
    .where({ id: user?.id ?? randomUUID() })
    .first('password_version')
  let isRight: boolean
  try {
    // Asked of Keycloak also for nobody: it hashes then too, and so takes as long.
    isRight = await services.keycloak.users.checkPassword(
      mode,
      user?.id ?? randomUUID(),
      isTooLong(password) ? randomUUID() : password,
    )
  } catch (error) {
    await attempt.undone()
    throw error
  }
  if (!isRight || !user || user.state !== 'active') {
    await attempt.failed()
    await recordFailure(context, email, user)
    await sleep(Math.max(0, REFUSAL_MILLISECONDS - (Date.now() - startedAt)))
    throw wrongPassword()
  }
  await attempt.succeeded()
  return { user, passwordVersion: Number(version?.password_version) }
}

/** Of an address that nobody has, a blind hash: many different ones are an attack, and must be countable. */
async function recordFailure(
  context: KeyContext,
  email: string,
  user: UserRow | null,
): Promise<void> {
  const { services, mode } = context
  await recordHubEvent(
    services.db.hubQuery(mode),
    context,
    'login.failed',
    user?.id ?? null,
    {},
    user ? {} : { account: blind(services.masterKey, `account:${email}`) },
  )
}

/** bcrypt would refuse it without hashing, and the time would tell. No stored password is that long. */
const isTooLong = (password: string) => Buffer.byteLength(password) > PASSWORD_BYTES_MAX

const needsVerification = ({ services }: KeyContext, user: UserRow) =>
  services.settings.signup.emailVerification === 'required' && user.email_verified_at === null
