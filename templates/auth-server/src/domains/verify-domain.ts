import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { challengeOf, isChallengeMet } from './challenge.ts'
import { domainShape, toDomain } from './domain-view.ts'
import { findDomain } from './find-domain.ts'

/** Looks for the record in the DNS; when it is there, the domain is this organization's. */
export const verifyDomain = defineAction<MemberContext>()({
  id: 'verifyDomain',
  summary: 'Verify a domain by its DNS record',
  problems: ['conflict', 'domain_not_verified'],
  params: z.object({ orgId: z.uuid(), domainId: z.uuid() }),
  output: domainShape,
  async run(context, { params }) {
    const { services, mode, organizationId } = context
    const inTenant = <T>(fn: Parameters<typeof services.db.tenantTransaction<T>>[2]) =>
      services.db.tenantTransaction(mode, organizationId, fn)
    await services.limits.spend('dns', `${mode}:${organizationId}`)
    const claim = await inTenant((trx) => findDomain(trx, organizationId, params.domainId))
    if (claim.status === 'verified') return toDomain(claim)
    // Outside of any transaction: a slow DNS must not hold a connection.
    if (!(await isChallengeMet(services.dns, claim))) {
      throw new Problem('domain_not_verified', {
        detail: 'The record is not in the DNS yet. It can take a while to be seen everywhere.',
        extra: { record: challengeOf(claim) },
      })
    }
    return inTenant(async (trx) => {
      await lockOrganization(trx, organizationId)
      const verified = await trx('organization_domains')
        // The record proves this token: a claim removed and made again meanwhile has another.
        .where({ tenant_id: organizationId, id: claim.id, token: claim.token, status: 'pending' })
        .update({
          status: 'verified',
          verified_at: trx.fn.now(),
          next_check_at: trx.raw(`now() + interval '1 day'`),
          failed_checks: 0,
        })
      if (verified > 0) {
        await recordEvent(trx, organizationId, {
          ...byUser(context),
          action: 'domain.verified',
          target: { kind: 'domain', id: claim.id },
          data: { domain: claim.domain },
        })
      }
      return toDomain(await findDomain(trx, organizationId, claim.id))
    }).catch(refuseSecondOwner)
  },
})

/** Whose it is, is not said: that would tell one customer the name of another. */
function refuseSecondOwner(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string }
  if (code === '23505' && constraint === 'organization_domains_verified') {
    throw new Problem('conflict', {
      detail: 'Another organization has verified this domain. Whoever runs the instance can help.',
    })
  }
  throw error
}
