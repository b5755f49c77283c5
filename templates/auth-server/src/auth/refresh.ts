import type { Knex } from 'knex'
import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { KeyContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { KeycloakRefusal } from '../keycloak/request.ts'
import { open, seal } from '../keys/envelope.ts'
import type { Membership } from '../members/membership.ts'
import { admitToOrganization } from './admit-to-organization.ts'
import { endSession } from './end-sessions.ts'
import { findRefreshToken, type RefreshRow } from './find-refresh-token.ts'
import { findUserById } from './find-user.ts'
import { tokenInput, uuidInput } from './inputs.ts'
import { mintForSession } from './mint-for-session.ts'
import { hashToken, newOpaqueToken } from './opaque-token.ts'
import { recordHubEvent } from './record-hub-event.ts'
import { clearRefreshCookie, deliverRefreshToken, receiveRefreshToken } from './refresh-cookie.ts'
import { type People, readPeople, sessionAnswer, toSessionAnswer } from './session-answer.ts'
import { demandScope, HUB_SCOPE, scopedOrganization } from './session-scope.ts'

/** A lost response must not sign people out: the token before is honoured this long. */
const GRACE_MILLISECONDS = 30_000
const SEAL_PURPOSE = 'refresh-successor'

export const refresh = defineAction<KeyContext>()({
  id: 'refresh',
  summary: 'Trade the refresh token for a new one and an access token',
  problems: ['limit_reached', 'refresh_invalid', 'refresh_reused', 'step_up_required'],
  body: z.strictObject({
    refreshToken: tokenInput.optional(),
    organizationId: uuidInput.optional(),
  }),
  output: sessionAnswer,
  async run(context, { body }) {
    const token = receiveRefreshToken(context, body.refreshToken)
    const { services, mode } = context
    const found = await findRefreshToken(services.db.hubQuery(mode), token)
    const user = found && (await findUserById(services.db, mode, found.userId))
    if (!found || user?.state !== 'active') return refuse(context)
    const wanted = body.organizationId ?? scopedOrganization(found.scope)
    demandScope(found.scope, wanted)
    const known = await readPeople(services, mode, user, wanted, found.scope)
    const people = await admitToOrganization(context, known, found.scope)
    // Removed from the only organization that the session speaks for: there is nothing left of it.
    if (found.scope !== HUB_SCOPE && !people.chosen) return refuse(context)
    const outcome = await services.db.hub(mode, (trx) => rotate(context, trx, token, people))
    if (outcome === 'invalid') return refuse(context)
    if (outcome === 'reused') {
      clearRefreshCookie(context)
      throw new Problem('refresh_reused', {
        detail: 'This refresh token was used before. The session has ended; sign in again.',
      })
    }
    const refreshToken = deliverRefreshToken(context, outcome.refreshToken, outcome.expiresAt)
    return toSessionAnswer(
      { ...people, chosen: outcome.membership },
      {
        accessToken: outcome.accessToken,
        expiresIn: outcome.expiresIn,
        ...(refreshToken ? { refreshToken } : {}),
      },
    )
  },
})

interface Rotated {
  accessToken: string
  expiresIn: number
  refreshToken: string
  expiresAt: Date
  membership: Membership | null
}

/**
 * Mints first, then rotates, in one transaction that holds the session's row: with Keycloak away the
 * token stays as it was, and two refreshes at once come one after the other.
 */
async function rotate(
  context: KeyContext,
  trx: Knex.Transaction,
  token: string,
  people: People,
): Promise<Rotated | 'invalid' | 'reused'> {
  const row = await findRefreshToken(trx, token, { lock: true })
  if (!row || !isUsable(context, row)) return 'invalid'
  if (row.rotatedAt && row.ageMilliseconds > GRACE_MILLISECONDS) {
    // Somebody else holds this token, or held it: nobody can tell who is who, so all of it ends.
    await endSession(trx, row.sessionId, 'refresh_reused')
    await recordHubEvent(trx, context, 'session.refresh_reused', row.userId, {
      sessionId: row.sessionId,
    })
    context.services.log.warn(
      { requestId: context.requestId, mode: context.mode, sessionId: row.sessionId },
      'A used refresh token came back; its session was ended',
    )
    return 'reused'
  }
  const minted = await mintFor(context, trx, row, people.chosen)
  const refreshToken = row.successorSealed
    ? open(context.services.masterKey, SEAL_PURPOSE, row.successorSealed)
    : await replaceToken(context, trx, row, token)
  await trx('sessions').where({ id: row.sessionId }).update({ last_seen_at: trx.fn.now() })
  return { ...minted, refreshToken, expiresAt: row.expiresAt }
}

/** A person removed from the organization goes on without one; the session itself is still theirs. */
async function mintFor(
  { services, mode }: KeyContext,
  trx: Knex.Transaction,
  row: RefreshRow,
  membership: Membership | null,
): Promise<{ accessToken: string; expiresIn: number; membership: Membership | null }> {
  const { userId, scope, amr, authTime } = row
  const session = { id: row.sessionId, userId, scope, amr, authTime }
  const mint = (chosen: Membership | null) =>
    mintForSession(services, mode, session, chosen, 'authstack-api', trx)
  try {
    return { ...(await mint(membership)), membership }
  } catch (error) {
    if (!membership || !(error instanceof KeycloakRefusal)) throw error
    services.log.warn({ err: error, mode }, 'The realm refused a member; refreshed without it')
    return { ...(await mint(null)), membership: null }
  }
}

async function replaceToken(
  { services }: KeyContext,
  trx: Knex.Transaction,
  row: RefreshRow,
  token: string,
): Promise<string> {
  const next = newOpaqueToken()
  await trx('refresh_tokens').insert({ session_id: row.sessionId, token_hash: next.hash })
  // Older successors can no longer be asked for; what need not be kept is not kept.
  await trx('refresh_tokens')
    .where({ session_id: row.sessionId })
    .whereRaw(`rotated_at < now() - interval '30 seconds'`)
    .update({ successor_sealed: null })
  await trx('refresh_tokens')
    .where({ token_hash: hashToken(token) })
    .update({
      rotated_at: trx.fn.now(),
      successor_hash: next.hash,
      successor_sealed: seal(services.masterKey, SEAL_PURPOSE, next.token),
    })
  return next.token
}

function isUsable({ key, services }: KeyContext, row: RefreshRow): boolean {
  // A token stolen from one app is worth nothing with another app's key.
  if (row.keyId !== key.id || row.isEnded) return false
  const { idleMinutes } = services.settings.session
  return idleMinutes === null || row.idleMilliseconds <= idleMinutes * 60_000
}

function refuse(context: KeyContext): never {
  clearRefreshCookie(context)
  throw new Problem('refresh_invalid', { detail: 'The session has ended; sign in again.' })
}
