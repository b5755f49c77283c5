import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { showOrganization } from './get-organization.ts'
import { lockOrganization } from './lock-organization.ts'
import { nameInput } from './name-input.ts'
import { organizationShape } from './organization-view.ts'
import { slugInput, slugTaken } from './slug.ts'

/** Changes name, slug or logo; what is left out stays. */
export const updateOrganization = defineAction<MemberContext>()({
  id: 'updateOrganization',
  summary: 'Change an organization',
  problems: ['slug_taken'],
  params: z.object({ orgId: z.uuid() }),
  body: z.strictObject({
    name: nameInput.optional(),
    slug: slugInput.optional(),
    // https only: the address is put into <img> on other people's screens and in mails.
    logoUrl: z
      .url({ protocol: /^https$/ })
      .max(2048)
      .nullable()
      .optional(),
  }),
  output: organizationShape,
  async run(context, { body }) {
    const { services, mode, organizationId } = context
    const changes = {
      ...(body.name !== undefined ? { name: body.name } : {}),
      ...(body.slug !== undefined ? { slug: body.slug } : {}),
      ...(body.logoUrl !== undefined ? { logo_url: body.logoUrl } : {}),
    }
    if (Object.keys(changes).length === 0) return showOrganization(context)
    await services.db
      .tenantTransaction(mode, organizationId, async (trx) => {
        await lockOrganization(trx, organizationId)
        await trx('organizations')
          .where('tenant_id', organizationId)
          .update({ ...changes, updated_at: trx.fn.now() })
        await recordEvent(trx, organizationId, {
          ...byUser(context),
          action: 'organization.updated',
          target: { kind: 'organization', id: organizationId },
          data: { changed: Object.keys(changes) },
        })
      })
      .catch(refuseTakenSlug)
    return showOrganization(context)
  },
})

function refuseTakenSlug(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string }
  if (code === '23505' && constraint === 'organizations_slug_key') {
    throw slugTaken()
  }
  throw error
}
