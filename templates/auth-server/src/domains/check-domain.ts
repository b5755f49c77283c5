import { recordEvent } from '../audit/record-event.ts'
import type { Mode } from '../db/mode.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import type { Services } from '../services.ts'
import { isChallengeMet } from './challenge.ts'

type Needs = Pick<Services, 'db' | 'dns' | 'log'>

/** So many daily looks in vain, and the domain is not the organization's any more. */
const failedChecksMax = 3

interface Claim {
  id: string
  domain: string
  token: string
  status: 'pending' | 'verified'
}

/**
 * One domain whose time has come. A claim that nobody verified ends. Of a verified one the record is
 * looked for again: domains are sold and forgotten, and the next owner could otherwise let themselves
 * in by mail. After three days without it nobody joins by it any more and the organization has to
 * verify anew; who is a member stays one. A DNS that does not answer counts for nothing.
 */
export async function checkDomain(
  services: Needs,
  mode: Mode,
  organizationId: string,
  domainId: string,
): Promise<void> {
  const claim = await takeUp(services, mode, organizationId, domainId)
  if (!claim || claim.status === 'pending') return
  const isMet = await isChallengeMet(services.dns, claim).catch((error) => {
    services.log.warn({ err: error, domain: claim.domain, mode }, 'A domain could not be looked at')
    return null
  })
  if (isMet !== null) await noteCheck(services, mode, organizationId, { claim, isMet })
}

/**
 * Expires a claim, or takes a verified domain for an hour: two sweepers (two colours) must not both
 * count the same failure.
 */
async function takeUp(
  { db }: Needs,
  mode: Mode,
  organizationId: string,
  domainId: string,
): Promise<Claim | null> {
  return db.tenantTransaction(mode, organizationId, async (trx) => {
    const one = () => trx('organization_domains').where({ tenant_id: organizationId, id: domainId })
    const [expired] = await one()
      .where('status', 'pending')
      .where('expires_at', '<=', trx.fn.now())
      .delete()
      .returning(['id', 'domain', 'token', 'status'])
    if (expired) {
      await recordEvent(trx, organizationId, {
        action: 'domain.claim_expired',
        actor: { kind: 'system', id: null },
        target: { kind: 'domain', id: expired.id },
        data: { domain: expired.domain },
      })
      return expired
    }
    const [taken] = await one()
      .where('status', 'verified')
      .where('next_check_at', '<=', trx.fn.now())
      .update({ next_check_at: trx.raw(`now() + interval '1 hour'`) })
      .returning(['id', 'domain', 'token', 'status'])
    return taken ?? null
  })
}

async function noteCheck(
  { db }: Needs,
  mode: Mode,
  organizationId: string,
  { claim, isMet }: { claim: Claim; isMet: boolean },
): Promise<void> {
  await db.tenantTransaction(mode, organizationId, async (trx) => {
    await lockOrganization(trx, organizationId)
    const one = () =>
      trx('organization_domains').where({
        tenant_id: organizationId,
        id: claim.id,
        token: claim.token,
        status: 'verified',
      })
    const [after] = await one()
      .update({
        failed_checks: isMet ? 0 : trx.raw('failed_checks + 1'),
        next_check_at: trx.raw(`now() + interval '1 day'`),
      })
      .returning(['failed_checks', 'auto_join'])
    if (!after || after.failed_checks < failedChecksMax) return
    await one().update({
      status: 'pending',
      auto_join: false,
      verified_at: null,
      next_check_at: null,
      failed_checks: 0,
      expires_at: trx.raw(`now() + interval '7 days'`),
    })
    await recordEvent(trx, organizationId, {
      action: 'domain.verification_lost',
      actor: { kind: 'system', id: null },
      target: { kind: 'domain', id: claim.id },
      data: { domain: claim.domain, autoJoinSwitchedOff: after.auto_join },
    })
  })
}
