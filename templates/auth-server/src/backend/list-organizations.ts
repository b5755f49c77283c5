import { z } from 'zod'
import { cursorTime } from '../db/moment.ts'
import { decodeCursor, pageQuery, pageShape, toPage } from '../db/page.ts'
import type { SecretContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import {
  type BackendOrganizationRow,
  backendOrganizationShape,
  toBackendOrganization,
} from './backend-organization.ts'

export const listBackendOrganizations = defineAction<SecretContext>()({
  id: 'backendListOrganizations',
  summary: 'List all organizations, the oldest first',
  query: pageQuery,
  output: pageShape(backendOrganizationShape),
  async run({ services, mode }, { query }) {
    const after = query.after ? decodeCursor(query.after, [cursorTime, z.uuid()]) : null
    const { rows } = (await services.db.hubQuery(mode).raw(
      `select id, slug, name, plan, members, created_at, created_at::text as created_at_text
       from definer.organizations_page(?::timestamptz, ?::uuid, ?)`,
      [after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    )) as { rows: BackendOrganizationRow[] }
    return toPage(rows, query.limit, (row) => [row.created_at_text, row.id], toBackendOrganization)
  },
})
