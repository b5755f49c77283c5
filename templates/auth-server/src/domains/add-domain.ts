import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { limitReached } from '../subscriptions/limit-reached.ts'
import { refuseOverLimit } from '../subscriptions/refuse-over-limit.ts'
import { newChallengeToken } from './challenge.ts'
import { domainInput } from './domain-input.ts'
import { domainShape, toDomain } from './domain-view.ts'
import { findDomain } from './find-domain.ts'

/** Whatever the plan says: nobody fills the table with claims that cost nothing. */
const claimsMax = 100

/**
 * Claims a domain. A claim gives nothing and takes nothing from others, who may claim the same; it
 * ends after a week unless the record is found in the DNS.
 */
export const addDomain = defineAction<MemberContext>()({
  id: 'addDomain',
  summary: 'Claim a domain',
  problems: ['conflict', 'limit_reached'],
  params: z.object({ orgId: z.uuid() }),
  body: z.strictObject({ domain: domainInput }),
  status: 201,
  output: domainShape,
  async run(context, { body }) {
    const { services, mode, organizationId, userId } = context
    const { domain } = body
    return services.db.tenantTransaction(mode, organizationId, async (trx) => {
      await lockOrganization(trx, organizationId)
      // Else the expired claim of the same domain would be in the way until the sweeper comes.
      await trx('organization_domains')
        .where({ tenant_id: organizationId, status: 'pending' })
        .where('expires_at', '<=', trx.fn.now())
        .delete()
      const own: { domain: string }[] = await trx('organization_domains')
        .where('tenant_id', organizationId)
        .select('domain')
      if (own.some((one) => one.domain === domain)) {
        throw new Problem('conflict', {
          detail: 'This organization has this domain already.',
          errors: [{ pointer: '/domain', message: 'Is there already', code: 'already_claimed' }],
        })
      }
      if (own.length >= claimsMax) {
        throw limitReached('domains', claimsMax, `At most ${claimsMax} domains.`)
      }
      await refuseOverLimit(services.settings, trx, organizationId, 'domains', own.length)
      const [row] = await trx('organization_domains')
        .insert({
          tenant_id: organizationId,
          domain,
          token: newChallengeToken(),
          created_by: userId,
        })
        .returning('id')
      await recordEvent(trx, organizationId, {
        ...byUser(context),
        action: 'domain.added',
        target: { kind: 'domain', id: row.id },
        data: { domain },
      })
      return toDomain(await findDomain(trx, organizationId, row.id))
    })
  },
})
