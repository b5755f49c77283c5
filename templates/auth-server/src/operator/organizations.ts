import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { LIST_MAX, modeQuery, onePage, pageShape } from './mode-query.ts'

const organizationShape = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  plan: z.string(),
  status: z.string(),
  issuer: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  members: z.number().int(),
})

interface Row {
  id: string
  slug: string
  name: string
  plan: string
  status: string
  issuer: string | null
  created_by: string | null
  created_at: Date
  members: string
}

const COLUMNS = 'id, slug, name, plan, status, issuer, created_by, created_at, members'

export const listOrganizations = defineAction<OperatorContext>()({
  id: 'operatorListOrganizations',
  summary: 'Organizations of a mode',
  query: modeQuery,
  output: z.object({ data: z.array(organizationShape), page: pageShape }),
  async run({ services, mode }) {
    const rows = await services.db.operator(mode, async (trx) => {
      const { rows } = (await trx.raw(
        `select ${COLUMNS} from definer.operator_organizations() order by created_at desc limit ?`,
        [LIST_MAX],
      )) as { rows: Row[] }
      return rows
    })
    return { data: rows.map(toView), page: onePage }
  },
})

export const getOrganization = defineAction<OperatorContext>()({
  id: 'operatorGetOrganization',
  summary: 'One organization, by id or slug',
  params: z.object({ idOrSlug: z.string().max(80) }),
  query: modeQuery,
  output: organizationShape,
  async run({ services, mode }, { params }) {
    const row = await services.db.operator(mode, async (trx) => {
      const { rows } = (await trx.raw(
        `select ${COLUMNS} from definer.operator_organizations() where id::text = ? or slug = ? limit 1`,
        [params.idOrSlug, params.idOrSlug],
      )) as { rows: Row[] }
      return rows[0]
    })
    if (!row) throw new Problem('not_found')
    return toView(row)
  },
})

function toView(row: Row): z.input<typeof organizationShape> {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    plan: row.plan,
    status: row.status,
    issuer: row.issuer,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    members: Number(row.members),
  }
}
