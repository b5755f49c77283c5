import { z } from 'zod'
import { toUser, USER_COLUMNS, type UserRow, userSchema } from '../auth/user-view.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { listMemberships } from '../members/list-memberships.ts'
import { organizationRefShape, toOrganizationRef } from '../organizations/organization-view.ts'
import { requireUserRow, userParams } from './find-user.ts'
import { LIST_MAX, modeQuery, onePage, pageShape } from './mode-query.ts'

export const operatorUserShape = userSchema.extend({
  state: z.enum(['pending', 'active', 'disabled']),
})

export const toOperatorUser = (row: UserRow) => ({ ...toUser(row), state: row.state })

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

export const showUser = defineAction<OperatorContext>()({
  id: 'operatorShowUser',
  summary: 'One person, by id or address, with their organizations',
  params: userParams,
  query: modeQuery,
  output: operatorUserShape.extend({ organizations: z.array(organizationRefShape) }),
  async run(context, { params }) {
    const user = await requireUserRow(context, params.idOrEmail)
    const memberships = await listMemberships(context.services, context.mode, user.id)
    return { ...toOperatorUser(user), organizations: memberships.map(toOrganizationRef) }
  },
})
