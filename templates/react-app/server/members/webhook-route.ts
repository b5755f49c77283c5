import { verifyWebhook, WebhookError, type WebhookEvent } from '@authstack/react/server'
import express, { Router } from 'express'
import { Problem } from '../problem.ts'
import type { MemberStore } from './member-store.ts'
import type { MemberSync } from './member-sync.ts'

/** Events after which the members of an organization may be others. */
const TELLING = /^(member\.|invitation\.accepted$|organization\.)/

/**
 * `POST /api/webhooks/authstack`: keeps the table of members in step. Answered 204 only when the table
 * is, so that the instance sends again what this app could not work off.
 */
export function webhookRoute(parts: {
  secret: string
  store: MemberStore
  sync: MemberSync
}): Router {
  const { secret, store, sync } = parts
  const router = Router()
  // The bytes as they came: a body that was parsed and written again has another signature.
  router.post('/', express.raw({ type: () => true, limit: '256kb' }), async (request, response) => {
    const event = verify(request.body, request.headers, secret)
    const { organizationId } = event.data
    if (!store.isSeen(event.id)) {
      if (organizationId && TELLING.test(event.type)) await sync.sync(organizationId, event.id)
      else store.noteSeen(event.id)
    }
    response.status(204).end()
  })
  return router
}

function verify(
  body: unknown,
  headers: Record<string, string | string[] | undefined>,
  secret: string,
): WebhookEvent {
  try {
    // Two with a blank between while the secret is changed.
    return verifyWebhook(body as Buffer, headers, secret.trim().split(/\s+/))
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error
    throw new Problem(400, 'webhook_refused', 'This is no webhook of the instance.')
  }
}
