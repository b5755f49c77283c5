import { z } from 'zod'
import { onePage, pageQuery, pageShape } from '../db/page.ts'
import type { TenantContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { ensureRoles, wantedRoles } from './ensure-roles.ts'
import { type RoleRow, roleColumns, roleShape, toRole } from './role-view.ts'

/** The roles of the organization, the owner first. */
export const listRoles = defineAction<TenantContext>()({
  id: 'listRoles',
  summary: 'List the roles of the organization',
  params: z.object({ orgId: z.uuid() }),
  query: pageQuery,
  output: pageShape(roleShape),
  async run(context, { query }) {
    const { settings } = context.services
    const rows = await readRoles(context)
    return onePage(
      rows.map((row) => toRole(settings, row)),
      query,
      (role) => role.id,
    )
  },
})

async function readRoles(context: TenantContext): Promise<RoleRow[]> {
  const { mode, organizationId, services } = context
  const read = () =>
    services.db.tenantRead<RoleRow>(mode, organizationId, (knex) =>
      knex('roles')
        .where('tenant_id', organizationId)
        .select(roleColumns)
        .orderByRaw(`(slug = 'owner') desc, built_in desc, created_at, slug`),
    )
  const rows = await read()
  const there = new Set(rows.map((row) => row.slug))
  if (wantedRoles(services.settings).every((slug) => there.has(slug))) return rows
  await services.db.tenantTransaction(mode, organizationId, (trx) =>
    ensureRoles(trx, organizationId, services.settings),
  )
  return read()
}
