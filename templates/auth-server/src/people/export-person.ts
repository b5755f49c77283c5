import { z } from 'zod'
import { eventShape } from '../audit/event-view.ts'
import { findEventsAbout } from '../audit/find-events-about.ts'
import { toUser, userSchema } from '../auth/user-view.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { requireUserRow, userParams } from '../operator/find-user.ts'
import { modeQuery } from '../operator/mode-query.ts'
import { recordOperatorEvent } from '../operator/record-operator-event.ts'
import { findInvitations, findMemberships, type Tie } from './find-ties.ts'

const organization = z.object({ id: z.uuid(), slug: z.string(), name: z.string() })

/** Everything that this instance holds of one person (GDPR, articles 15 and 20), as one document. */
export const exportPerson = defineAction<OperatorContext>()({
  id: 'operatorExportUser',
  summary: 'Everything that is held of a person, as one document',
  params: userParams,
  query: modeQuery,
  output: z.object({
    exportedAt: z.string(),
    mode: z.enum(['live', 'test']),
    profile: userSchema.extend({ state: z.string(), locale: z.string().nullable() }),
    sessions: z.array(
      z.object({
        id: z.uuid(),
        createdAt: z.string(),
        lastSeenAt: z.string(),
        expiresAt: z.string(),
        endedAt: z.string().nullable(),
        endedBecause: z.string().nullable(),
        ip: z.string().nullable(),
        userAgent: z.string().nullable(),
      }),
    ),
    memberships: z.array(
      z.object({ organization, role: z.string(), status: z.string(), joinedAt: z.string() }),
    ),
    invitations: z.array(
      z.object({ organization, role: z.string(), status: z.string(), createdAt: z.string() }),
    ),
    /** Machine keys that they made, in the organizations that they are in; never a secret. */
    machineKeys: z.array(
      z.object({
        organization,
        id: z.uuid(),
        name: z.string(),
        createdAt: z.string(),
        revokedAt: z.string().nullable(),
      }),
    ),
    /** Where they were seen to sign in from, which is what a new place is told by. */
    places: z.array(z.object({ kind: z.string(), value: z.string(), lastSeenAt: z.string() })),
    /** Done by them or to them, the newest first, at most 10,000. */
    events: z.array(eventShape.extend({ organizationId: z.uuid().nullable() })),
  }),
  async run(context, { params }) {
    const { services, mode } = context
    const { db } = services
    const user = await requireUserRow(context, params.idOrEmail)
    const hub = db.hubQuery(mode)
    const more = await hub('users').where('id', user.id).first('locale')
    const memberships = await findMemberships(db, mode, user.id)
    const document = {
      exportedAt: new Date().toISOString(),
      mode,
      profile: { ...toUser(user), state: user.state, locale: more?.locale ?? null },
      sessions: await readSessions(context, user.id),
      memberships: memberships.map((tie) => ({
        organization: organizationOf(tie),
        role: tie.role,
        status: tie.status,
        joinedAt: tie.joinedAt.toISOString(),
      })),
      invitations: (await findInvitations(db, mode, user.email)).map((tie) => ({
        organization: organizationOf(tie),
        role: tie.role,
        status: tie.status,
        createdAt: tie.createdAt.toISOString(),
      })),
      machineKeys: await readMachineKeys(context, user.id, memberships),
      places: await readPlaces(context, user.id),
      events: await findEventsAbout(
        services,
        mode,
        user.id,
        memberships.map(({ organizationId }) => organizationId),
      ),
    }
    await recordOperatorEvent(context, 'user.exported', {}, user.id)
    return document
  },
})

const organizationOf = (tie: { organizationId: string; slug: string; name: string }) => ({
  id: tie.organizationId,
  slug: tie.slug,
  name: tie.name,
})

async function readSessions({ services, mode }: OperatorContext, userId: string) {
  const rows = await services.db
    .hubQuery(mode)('sessions')
    .where('user_id', userId)
    .orderBy('created_at', 'desc')
    .select('id', 'created_at', 'last_seen_at', 'expires_at', 'revoked_at', 'revoked_reason')
    .select('ip', 'user_agent')
  return rows.map((row) => ({
    id: row.id as string,
    createdAt: (row.created_at as Date).toISOString(),
    lastSeenAt: (row.last_seen_at as Date).toISOString(),
    expiresAt: (row.expires_at as Date).toISOString(),
    endedAt: (row.revoked_at as Date | null)?.toISOString() ?? null,
    endedBecause: row.revoked_reason as string | null,
    ip: row.ip as string | null,
    userAgent: row.user_agent as string | null,
  }))
}

async function readMachineKeys({ services, mode }: OperatorContext, userId: string, ties: Tie[]) {
  const found = []
  for (const tie of ties) {
    const rows = await services.db.tenantRead<{
      id: string
      name: string
      created_at: Date
      revoked_at: Date | null
    }>(mode, tie.organizationId, (knex) =>
      knex('machine_keys')
        .where({ tenant_id: tie.organizationId, created_by: userId })
        .orderBy('created_at')
        .select('id', 'name', 'created_at', 'revoked_at'),
    )
    found.push(
      ...rows.map((row) => ({
        organization: organizationOf(tie),
        id: row.id,
        name: row.name,
        createdAt: row.created_at.toISOString(),
        revokedAt: row.revoked_at?.toISOString() ?? null,
      })),
    )
  }
  return found
}

async function readPlaces({ services, mode }: OperatorContext, userId: string) {
  const rows = await services.db
    .hubQuery(mode)('known_places')
    .where('user_id', userId)
    .orderBy(['kind', 'value'])
    .select('kind', 'value', 'last_seen_at')
  return rows.map((row) => ({
    kind: row.kind as string,
    value: row.value as string,
    lastSeenAt: (row.last_seen_at as Date).toISOString(),
  }))
}
