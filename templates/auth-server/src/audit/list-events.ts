import { z } from 'zod'
import { pageShape } from '../db/page.ts'
import type { TenantContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { eventShape } from './event-view.ts'
import { eventQuery, findEvents } from './find-events.ts'

/** The trail of the organization, the newest first. */
export const listEvents = defineAction<TenantContext>()({
  id: 'listAuditEvents',
  summary: 'List what happened in the organization',
  params: z.object({ orgId: z.uuid() }),
  query: eventQuery,
  output: pageShape(eventShape),
  run: ({ services, mode, organizationId }, { query }) =>
    findEvents(services, mode, organizationId, query),
})
