import { z } from 'zod'
import { cursorTime } from '../db/moment.ts'
import { decodeCursor, pageQuery, pageShape, toPage } from '../db/page.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import {
  type MachineKeyRow,
  machineKeyColumns,
  machineKeyShape,
  toMachineKey,
} from './machine-key-view.ts'

/** Keys in the order of their making; by default those that work. Never the keys themselves. */
export const listMachineKeys = defineAction<MemberContext>()({
  id: 'listMachineKeys',
  summary: 'List the API keys of the organization',
  params: z.object({ orgId: z.uuid() }),
  query: pageQuery.extend({ status: z.enum(['active', 'all']).default('active') }),
  output: pageShape(machineKeyShape),
  async run({ services, mode, organizationId }, { query }) {
    const after = query.after ? decodeCursor(query.after, [cursorTime, z.uuid()]) : null
    const rows = await services.db.tenantRead<MachineKeyRow & { created_at_text: string }>(
      mode,
      organizationId,
      (knex) => {
        const keys = knex('machine_keys')
          .where('tenant_id', organizationId)
          .select([...machineKeyColumns])
          .select(knex.raw('created_at::text as created_at_text'))
          .orderBy([{ column: 'created_at' }, { column: 'id' }])
          .limit(query.limit + 1)
        if (query.status === 'active') {
          keys.whereNull('revoked_at').whereRaw('(expires_at is null or expires_at > now())')
        }
        if (after) keys.whereRaw('(created_at, id) > (?::timestamptz, ?::uuid)', after)
        return keys
      },
    )
    return toPage(
      rows,
      query.limit,
      (row) => [row.created_at_text, row.id],
      (row) => toMachineKey(mode, row),
    )
  },
})
