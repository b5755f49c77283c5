import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { SecretContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { addMember } from '../members/add-member.ts'
import { memberShape } from '../members/member-view.ts'
import { showMember } from '../members/show-member.ts'
import { syncShadowUserNow } from '../members/sync-shadow-user.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { resolveRole, roleInput } from '../roles/resolve-role.ts'
import { byBackend } from './by-backend.ts'
import { findPerson, personInput } from './find-person.ts'

/** Without an invitation: the backend vouches that the person is to be in. */
export const addBackendMember = defineAction<SecretContext>()({
  id: 'backendAddMember',
  summary: 'Make a person a member',
  problems: ['conflict', 'limit_reached', 'email_not_verified'],
  params: z.object({ orgId: z.uuid() }),
  body: z.strictObject({ user: personInput, role: roleInput }),
  status: 201,
  output: memberShape,
  idempotent: true,
  async run(context, { params, body }) {
    const { services, mode } = context
    const { orgId } = params
    // Before the body: an organization that is not there is the first thing to say.
    await services.db.tenantTransaction(mode, orgId, (trx) => lockOrganization(trx, orgId))
    const user = await findPerson(context, body.user, '/user')
    const { member, operation } = await services.db.tenantTransaction(mode, orgId, async (trx) => {
      const role = await resolveRole(trx, orgId, services.settings, body.role)
      const joined = await addMember(services, trx, orgId, {
        userId: user.id,
        role,
        event: byBackend(context),
      })
      if (!joined) throw new Problem('conflict', { detail: 'This person is a member already.' })
      return { member: await showMember(trx, orgId, user.id), operation: joined }
    })
    await syncShadowUserNow(services, mode, operation)
    return member
  },
})
