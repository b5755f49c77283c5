import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { endSessionsOfUser } from '../auth/end-sessions.ts'
import { emailInput } from '../auth/inputs.ts'
import { Problem } from '../errors.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { postponeOperation, startOperation } from '../operations/operation.ts'
import { requireUserRow, userParams } from '../operator/find-user.ts'
import { modeQuery } from '../operator/mode-query.ts'
import { recordOperatorEvent } from '../operator/record-operator-event.ts'
import { findMemberships } from './find-ties.ts'
import { finishErasure } from './finish-erasure.ts'

/**
 * Erases one person for good. Access is cut at once, in one transaction with the saga that does the
 * rest; if Keycloak is away the sweeper goes on, and the answer says so.
 */
export const erasePerson = defineAction<OperatorContext>()({
  id: 'operatorEraseUser',
  summary: 'Erase a person: access ends at once, then everything that is held of them goes',
  params: userParams,
  query: modeQuery,
  /** The address again: an id that was mistyped erases somebody else. */
  body: z.strictObject({ email: emailInput }),
  output: z.object({
    userId: z.uuid(),
    status: z.enum(['erased', 'running']),
    organizations: z.array(z.object({ id: z.uuid(), slug: z.string(), name: z.string() })),
  }),
  problems: ['last_owner', 'conflict'],
  async run(context, { params, body }) {
    const { services, mode } = context
    const user = await requireUserRow(context, params.idOrEmail)
    if (user.email !== body.email) {
      throw new Problem('conflict', {
        detail: 'This is not the address of that person.',
        errors: [{ pointer: '/email', message: 'Not their address', code: 'another_address' }],
      })
    }
    const memberships = await findMemberships(services.db, mode, user.id)
    const alone = memberships.filter((tie) => tie.isLastOwner).map(organizationOf)
    if (alone.length > 0) {
      throw new Problem('last_owner', {
        detail: `The last owner of ${alone.map(({ slug }) => `"${slug}"`).join(', ')}. Transfer or delete the organization first.`,
        extra: { organizations: alone },
      })
    }
    const operation = await services.db.hub(mode, async (trx) => {
      await trx('users').where('id', user.id).forUpdate().first('id')
      await trx('users').where('id', user.id).update({ state: 'disabled' })
      await endSessionsOfUser(trx, user.id, 'erased')
      return startOperation(trx, {
        id: randomUUID(),
        kind: 'erase-person',
        subjectId: user.id,
        // The address is needed to find what holds it; it goes when the operation ends.
        payload: { email: user.email, requestId: context.requestId },
      })
    })
    await recordOperatorEvent(context, 'user.erased', {}, user.id)
    let status: 'erased' | 'running' = 'erased'
    try {
      await finishErasure(services, mode, operation)
    } catch (error) {
      status = 'running'
      services.log.warn({ err: error, operation: operation.id }, 'An erasure has to wait')
      await postponeOperation(services.db.hubQuery(mode), operation, error)
    }
    const organizations = memberships
      .filter((tie) => tie.organizationStatus === 'active')
      .map(organizationOf)
    return { userId: user.id, status, organizations }
  },
})

const organizationOf = (tie: { organizationId: string; slug: string; name: string }) => ({
  id: tie.organizationId,
  slug: tie.slug,
  name: tie.name,
})
