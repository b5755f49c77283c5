import { z } from 'zod'
import { cursorTime } from '../db/moment.ts'
import { decodeCursor, pageQuery, pageShape, toPage } from '../db/page.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { type DomainRow, domainRows, domainShape, toDomain } from './domain-view.ts'

/** The domains that the organization claims or has verified, the oldest first. */
export const listDomains = defineAction<MemberContext>()({
  id: 'listDomains',
  summary: 'List the domains of an organization',
  params: z.object({ orgId: z.uuid() }),
  query: pageQuery,
  output: pageShape(domainShape),
  async run({ services, mode, organizationId }, { query }) {
    const after = query.after ? decodeCursor(query.after, [cursorTime, z.uuid()]) : null
    const rows = await services.db.tenantRead<DomainRow>(mode, organizationId, (knex) =>
      domainRows(knex, organizationId, (domains) => {
        domains.limit(query.limit + 1)
        if (after) domains.whereRaw('(d.created_at, d.id) > (?::timestamptz, ?::uuid)', after)
      }),
    )
    return toPage(rows, query.limit, (row) => [row.created_at_text, row.id], toDomain)
  },
})
