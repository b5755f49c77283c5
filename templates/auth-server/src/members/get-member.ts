import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { TenantContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { type MemberRow, memberRows, memberShape, toMember } from './member-view.ts'

export const getMember = defineAction<TenantContext>()({
  id: 'getMember',
  summary: 'Show a member',
  params: z.object({ orgId: z.uuid(), userId: z.uuid() }),
  output: memberShape,
  async run({ services, mode, organizationId }, { params }) {
    const [row] = await services.db.tenantRead<MemberRow>(mode, organizationId, (knex) =>
      memberRows(knex, organizationId, (memberships) =>
        memberships.where('m.user_id', params.userId),
      ),
    )
    if (!row) throw new Problem('not_found')
    return toMember(row)
  },
})
