import { z } from 'zod'
import { USER_COLUMNS, type UserRow } from '../auth/user-view.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { LIST_MAX, modeQuery, onePage, pageShape } from './mode-query.ts'
import { operatorUserShape, toOperatorUser } from './operator-user-view.ts'

export const listUsers = defineAction<OperatorContext>()({
  id: 'operatorListUsers',
  summary: 'People of a mode, the newest first; query narrows by address or name',
  query: modeQuery.extend({ query: z.string().max(254).optional() }),
  output: z.object({ data: z.array(operatorUserShape), page: pageShape }),
  async run({ services, mode }, { query }) {
    const rows = await services.db.operator(mode, async (trx) => {
      const people = trx('users').orderBy('created_at', 'desc').limit(LIST_MAX)
      if (query.query) {
        // `%` and `_` typed by a person mean themselves.
        const like = `%${query.query.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
        people.whereRaw(`(email like ? or lower(concat_ws(' ', first_name, last_name)) like ?)`, [
          like,
          like,
        ])
      }
      return (await people.select(...USER_COLUMNS)) as UserRow[]
    })
    return { data: rows.map(toOperatorUser), page: onePage }
  },
})
