import { z } from 'zod'
import { emailInput } from '../auth/inputs.ts'
import { USER_COLUMNS, type UserRow } from '../auth/user-view.ts'
import { cursorTime } from '../db/moment.ts'
import { decodeCursor, pageQuery, pageShape, toPage } from '../db/page.ts'
import type { SecretContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { backendUserShape, toBackendUser } from './backend-user.ts'

export const listBackendUsers = defineAction<SecretContext>()({
  id: 'backendListUsers',
  summary: 'List people, the oldest first; with email the one who has it',
  query: pageQuery.extend({
    email: emailInput.optional(),
    state: z.enum(['active', 'disabled']).optional(),
  }),
  output: pageShape(backendUserShape),
  async run({ services, mode }, { query }) {
    const after = query.after ? decodeCursor(query.after, [cursorTime, z.uuid()]) : null
    const hub = services.db.hubQuery(mode)
    const people = hub('users')
      .select(...USER_COLUMNS, hub.raw('created_at::text as created_at_text'))
      .orderBy(['created_at', 'id'])
      .limit(query.limit + 1)
    if (query.email) people.where('email', query.email)
    if (query.state) people.where('state', query.state)
    if (after) people.whereRaw('(created_at, id) > (?::timestamptz, ?::uuid)', after)
    const rows = (await people) as (UserRow & { created_at_text: string })[]
    return toPage(rows, query.limit, (row) => [row.created_at_text, row.id], toBackendUser)
  },
})
