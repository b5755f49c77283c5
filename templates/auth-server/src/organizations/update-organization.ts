import type { Knex } from 'knex'
import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { permissionsUnderLock } from '../roles/permissions-under-lock.ts'
import { refuseRoleAbove, resolveRole, roleInput } from '../roles/resolve-role.ts'
import { showOrganization } from './get-organization.ts'
import { lockOrganization } from './lock-organization.ts'
import { nameInput } from './name-input.ts'
import { organizationShape } from './organization-view.ts'
import { refuseOwnerRole } from './refuse-owner-role.ts'
import { slugInput, slugTaken } from './slug.ts'

const bodyShape = z.strictObject({
  name: nameInput.optional(),
  slug: slugInput.optional(),
  // https only: the address is put into <img> on other people's screens and in mails.
  logoUrl: z
    .url({ protocol: /^https$/ })
    .max(2048)
    .nullable()
    .optional(),
  // A colour and nothing else: it is written into style sheets of other people's pages.
  branding: z
    .strictObject({
      primaryColor: z
        .string()
        .regex(/^#[0-9a-fA-F]{6}$/, 'A colour like "#4f46e5"')
        .toLowerCase()
        .nullable(),
    })
    .optional(),
  settings: z.strictObject({ defaultRole: roleInput.nullable() }).optional(),
})

/** Changes name, slug, logo, branding or settings; what is left out stays. */
export const updateOrganization = defineAction<MemberContext>()({
  id: 'updateOrganization',
  summary: 'Change an organization',
  problems: ['slug_taken', 'permission_denied'],
  params: z.object({ orgId: z.uuid() }),
  body: bodyShape,
  output: organizationShape,
  async run(context, { body }) {
    const { services, mode, organizationId } = context
    const changed = Object.keys(body)
    if (changed.length === 0) return showOrganization(context)
    await services.db
      .tenantTransaction(mode, organizationId, async (trx) => {
        await lockOrganization(trx, organizationId)
        const held = await permissionsUnderLock(context, trx, 'organization:settings:edit')
        await trx('organizations')
          .where('tenant_id', organizationId)
          .update({ ...(await columnsOf(context, trx, held, body)), updated_at: trx.fn.now() })
        await recordEvent(trx, organizationId, {
          ...byUser(context),
          action: 'organization.updated',
          target: { kind: 'organization', id: organizationId },
          data: { changed },
        })
      })
      .catch(refuseTakenSlug)
    return showOrganization(context)
  },
})

/** The columns that change. Objects are merged in the database: two changes at once both stay. */
async function columnsOf(
  context: MemberContext,
  trx: Knex.Transaction,
  held: string[],
  body: z.output<typeof bodyShape>,
): Promise<Record<string, unknown>> {
  const merged = (column: string, value: object) =>
    trx.raw('?? || ?::jsonb', [column, JSON.stringify(value)])
  return {
    ...(body.name === undefined ? {} : { name: body.name }),
    ...(body.slug === undefined ? {} : { slug: body.slug }),
    ...(body.logoUrl === undefined ? {} : { logo_url: body.logoUrl }),
    ...(body.branding ? { branding: merged('branding', body.branding) } : {}),
    ...(body.settings
      ? {
          settings: merged('settings', {
            defaultRole: await defaultRoleOf(context, trx, held, body.settings.defaultRole),
          }),
        }
      : {}),
  }
}

/** Slug of the wanted role. Whoever sets it hands it out by that, so it may not be above their own. */
async function defaultRoleOf(
  { services, organizationId }: MemberContext,
  trx: Knex.Transaction,
  held: string[],
  wanted: string | null,
): Promise<string | null> {
  if (wanted === null) return null
  const role = await resolveRole(
    trx,
    organizationId,
    services.settings,
    wanted,
    '/settings/defaultRole',
  )
  refuseOwnerRole(role, '/settings/defaultRole')
  refuseRoleAbove(services.settings, held, role)
  return role.slug
}

function refuseTakenSlug(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string }
  if (code === '23505' && constraint === 'organizations_slug_key') {
    throw slugTaken()
  }
  throw error
}
