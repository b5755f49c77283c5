import { z } from 'zod'
import { onePage, pageQuery, pageShape } from '../db/page.ts'
import { findJoinable } from '../domains/find-joinable.ts'
import type { UserContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'

/** Organizations that the person may join because of the domain of their proved address. */
export const listJoinableOrganizations = defineAction<UserContext>()({
  id: 'listJoinableOrganizations',
  summary: 'List the organizations that I can join',
  query: pageQuery,
  output: pageShape(
    z.object({
      id: z.uuid(),
      slug: z.string(),
      name: z.string(),
      logoUrl: z.string().nullable(),
      domain: z.string(),
    }),
  ),
  async run({ services, mode, userId }, { query }) {
    const all = await findJoinable(services, mode, userId)
    return onePage(
      all.map(({ organization, domain }) => ({ ...organization, domain })),
      query,
      (organization) => organization.id,
    )
  },
})
