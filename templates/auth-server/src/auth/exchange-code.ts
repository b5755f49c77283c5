import { createHash, timingSafeEqual } from 'node:crypto'
import type { Knex } from 'knex'
import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { KeyContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { admitToOrganization } from './admit-to-organization.ts'
import { endSession } from './end-sessions.ts'
import { findLiveSession } from './find-live-session.ts'
import { findUserById } from './find-user.ts'
import { tokenInput } from './inputs.ts'
import { hashToken } from './opaque-token.ts'
import { readPeople, sessionAnswer } from './session-answer.ts'
import { scopedOrganization } from './session-scope.ts'
import { startSession } from './start-session.ts'

export const exchangeCode = defineAction<KeyContext>()({
  id: 'exchangeCode',
  summary: 'Trade the code of a hosted sign-in for a session',
  problems: [
    'code_invalid',
    'invalid_credentials',
    'limit_reached',
    'not_found',
    'step_up_required',
  ],
  body: z.strictObject({
    code: tokenInput,
    code_verifier: z.string().regex(/^[A-Za-z0-9._~-]{43,128}$/),
    redirect_uri: z.string().max(2000).optional(),
  }),
  output: sessionAnswer,
  async run(context, { body }) {
    const { services, mode } = context
    await services.limits.spend('guess', context.ip)
    const code = await spendCode(context, body.code)
    if (!code || !isBound(context, code, body)) throw refusal()
    const parent =
      code.parent_session_id && (await findLiveSession(services.db, mode, code.parent_session_id))
    const user = await findUserById(services.db, mode, code.user_id)
    // Signed out on the pages within the minute: the code dies with that session.
    if (!parent || user?.state !== 'active') throw refusal()
    // What the hosted pages' session was not allowed, a session made from it is not either: a code
    // must not turn one organization's SSO into the person's whole account.
    const { scope } = parent
    const wanted = code.organization_id ?? scopedOrganization(scope)
    const known = await readPeople(services, mode, user, wanted, scope)
    const people = await admitToOrganization(context, known, scope)
    return startSession(context, {
      people,
      amr: code.amr,
      authTime: code.auth_time,
      parentId: code.parent_session_id,
      scope,
    })
  },
})

interface CodeRow {
  key_id: string
  redirect_uri: string
  code_challenge: string
  user_id: string
  parent_session_id: string | null
  amr: string[]
  auth_time: Date
  organization_id: string | null
}

/** Spent by the first who shows it, right or wrong: a stolen code gets one try. */
async function spendCode({ services, mode }: KeyContext, code: string): Promise<CodeRow | null> {
  const hub = services.db.hubQuery(mode)
  const hash = hashToken(code)
  const [row] = (await hub('authorization_codes')
    .where({ code_hash: hash })
    .whereNull('used_at')
    .whereRaw('expires_at > now()')
    .update({ used_at: hub.fn.now() })
    .returning([
      'key_id',
      'redirect_uri',
      'code_challenge',
      'user_id',
      'parent_session_id',
      'amr',
      'auth_time',
      'organization_id',
    ])) as CodeRow[]
  if (row) return row
  await endSessionsOfUsedCode(hub, hash)
  return null
}

/** A code shown twice was stolen (RFC 6749, 4.1.2): what the first showing opened is closed. */
async function endSessionsOfUsedCode(hub: Knex, hash: Buffer): Promise<void> {
  const used = await hub('authorization_codes')
    .where({ code_hash: hash })
    .whereNotNull('used_at')
    .first('key_id', 'parent_session_id', 'used_at')
  if (!used?.parent_session_id) return
  const opened = (await hub('sessions')
    .where({ parent_id: used.parent_session_id, key_id: used.key_id })
    .where('created_at', '>=', used.used_at)
    .select('id')) as { id: string }[]
  for (const { id } of opened) await endSession(hub, id, 'code_reused')
}

function isBound(
  { key }: KeyContext,
  code: CodeRow,
  sent: { code_verifier: string; redirect_uri?: string | undefined },
): boolean {
  if (code.key_id !== key.id) return false
  if (sent.redirect_uri !== undefined && sent.redirect_uri !== code.redirect_uri) return false
  const challenge = createHash('sha256').update(sent.code_verifier).digest('base64url')
  return timingSafeEqual(Buffer.from(challenge), Buffer.from(code.code_challenge))
}

function refusal(): Problem {
  return new Problem('code_invalid', { detail: 'This code was used before or has expired.' })
}
