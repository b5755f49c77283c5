import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { UserContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { mailLocale } from '../mail/mail-locale.ts'
import { findMembership } from '../members/find-membership.ts'
import { mailOwners } from './mail-owners.ts'
import { organizationShape, toOrganization } from './organization-view.ts'

/**
 * Brings a deleted organization back, with its members, roles and slug. For whoever owned it when it
 * was deleted; to everybody else, and for one that is not deleted or already being purged, it is the
 * masked 404. Domains have to be verified again.
 */
export const restoreOrganization = defineAction<UserContext>()({
  id: 'restoreOrganization',
  summary: 'Bring a deleted organization back',
  params: z.object({ orgId: z.uuid() }),
  output: organizationShape,
  async run(context, { params }) {
    const { services, mode, userId } = context
    const { orgId } = params
    await services.db.tenantTransaction(mode, orgId, async (trx) => {
      const row = await trx('organizations')
        .where({ tenant_id: orgId, status: 'deleted' })
        .whereNull('purge_started_at')
        .where('purge_after', '>', trx.fn.now())
        .forUpdate()
        .first('name')
      // Asked under the lock and of rows that nobody can change meanwhile: nobody is a member now.
      const owner = await trx('memberships as m')
        .join('roles as r', (on) => on.on('r.tenant_id', 'm.tenant_id').andOn('r.id', 'm.role_id'))
        .where({ 'm.tenant_id': orgId, 'm.user_id': userId, 'm.status': 'active' })
        .where('r.slug', 'owner')
        .first('m.user_id')
      if (!row || !owner) throw new Problem('not_found')
      await trx('organizations').where('tenant_id', orgId).update({
        status: 'active',
        deleted_at: null,
        deleted_by: null,
        // The purge that waits looks for its own id here, and finds that it is not wanted any more.
        deletion_id: null,
        purge_after: null,
        last_used_at: trx.fn.now(),
        updated_at: trx.fn.now(),
      })
      await recordEvent(trx, orgId, {
        ...byUser(context),
        action: 'organization.restored',
        target: { kind: 'organization', id: orgId },
      })
      await mailOwners(services, trx, orgId, ({ email }) => ({
        template: 'organization-restored',
        to: email,
        data: { organizationName: row.name },
        locale: mailLocale(context),
      }))
    })
    const membership = await findMembership(services, mode, userId, orgId)
    if (!membership) throw new Problem('not_found')
    return toOrganization(membership)
  },
})
