import { z } from 'zod'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { listMemberships } from '../members/list-memberships.ts'
import { organizationRefShape, toOrganizationRef } from '../organizations/organization-view.ts'
import { requireUserRow, userParams } from './find-user.ts'
import { modeQuery } from './mode-query.ts'
import { operatorUserShape, toOperatorUser } from './operator-user-view.ts'

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
