import { Problem } from '../errors.ts'
import type { OperatorContext } from '../http/context.ts'
import { addMember } from '../members/add-member.ts'
import { syncShadowUserNow } from '../members/sync-shadow-user.ts'
import { resolveRole } from '../roles/resolve-role.ts'
import { findOrganizationIds } from './find-organization-ids.ts'
import type { FaultCode, ImportResult } from './import-input.ts'
import { type Decision, isUnproved, type PlannedPerson } from './plan-import.ts'

const DEFAULT_ROLE = 'member'

/**
 * Makes the people who name an organization its members. Who cannot join still has come in: the fault
 * stands beside their result, and a repeated import joins them once its reason is gone.
 */
export async function joinOrganizations(
  context: OperatorContext,
  decisions: Decision[],
  results: ImportResult[],
  isDryRun: boolean,
): Promise<void> {
  const people = decisions.flatMap((decision) =>
    decision.verb !== 'fail' && decision.person.organization ? [decision] : [],
  )
  if (people.length === 0) return
  const names = people.map(({ person }) => String(person.organization))
  const ids = await findOrganizationIds(context.services.db, context.mode, names)
  for (const { verb, person } of people) {
    const result = results[person.index]
    if (!result || result.outcome === 'failed') continue
    const organizationId = ids.get(String(person.organization).toLowerCase())
    if (!organizationId) {
      result.fault = fault('organization_unknown', `No organization ${person.organization}`)
    } else if (isUnproved(person) && !(verb === 'update' && person.emailVerified)) {
      result.fault = fault(
        'address_unproved',
        'Somebody signed up with this address and has not proved that it is theirs',
      )
    } else if (isDryRun) result.joined = true
    else if (result.userId) {
      const refusal = await join(context, organizationId, result.userId, person)
      result.fault = refusal
      result.joined = refusal === null
    }
  }
}

const fault = (code: FaultCode, detail: string) => ({ code, detail })

async function join(
  context: OperatorContext,
  organizationId: string,
  userId: string,
  person: PlannedPerson,
): Promise<ImportResult['fault']> {
  const { services, mode, operator, ip, requestId } = context
  try {
    const operation = await services.db.tenantTransaction(mode, organizationId, async (trx) => {
      const wanted = person.role ?? DEFAULT_ROLE
      const role = await resolveRole(trx, organizationId, services.settings, wanted)
      const event = { actor: { kind: 'operator' as const, id: operator.id }, ip, requestId }
      return addMember(services, trx, organizationId, {
        userId,
        role,
        event: { ...event, data: { via: 'import' } },
      })
    })
    if (operation) await syncShadowUserNow(services, mode, operation)
    return null
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.code === 'limit_reached') return fault('limit_reached', error.detail)
    if (error.code === 'invalid_request') return fault('role_unknown', `No role ${person.role}`)
    if (error.code === 'not_found') {
      return fault('organization_unknown', `No organization ${person.organization}`)
    }
    throw error
  }
}
