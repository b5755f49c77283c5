import { pageShape } from '../db/page.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { eventShape } from './event-view.ts'
import { eventQuery, findEvents } from './find-events.ts'
import { findTrail, trailQuery } from './find-trail.ts'

export const operatorListEvents = defineAction<OperatorContext>()({
  id: 'operatorListAuditEvents',
  summary: "A trail, the newest first: an organization's, or the operators' own",
  query: eventQuery.extend(trailQuery.shape),
  output: pageShape(eventShape),
  problems: ['not_found'],
  async run(context, { query }) {
    const { services, mode } = context
    const trail = await findTrail(context, query.organization)
    return findEvents(services, mode, trail.id, query)
  },
})
