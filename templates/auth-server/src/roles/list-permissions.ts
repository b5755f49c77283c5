import { z } from 'zod'
import { onePage, pageQuery, pageShape } from '../db/page.ts'
import type { TenantContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { permissionCatalogue } from './permission-catalogue.ts'

/** What a role can be made of, for role editors. */
export const listPermissions = defineAction<TenantContext>()({
  id: 'listPermissions',
  summary: 'List the permissions that exist',
  params: z.object({ orgId: z.uuid() }),
  query: pageQuery,
  output: pageShape(z.object({ name: z.string(), description: z.string(), builtIn: z.boolean() })),
  async run(context, { query }) {
    return onePage(permissionCatalogue(context.services.settings), query, (one) => one.name)
  },
})
