import { Problem } from '../errors.ts'
import type { KeyContext } from '../http/context.ts'
import { countActiveUser } from '../subscriptions/count-active-user.ts'
import type { People } from './session-answer.ts'
import { HUB_SCOPE, type SessionScope } from './session-scope.ts'

/**
 * The same people, or without the organization when its plan takes nobody more this month. A session
 * that goes on, or that a code was made for, does not end over that: the switch that the app asks for
 * next says why, with 409 `limit_reached`. A session of that organization alone has nothing else left.
 */
export async function admitToOrganization(
  { services, mode }: KeyContext,
  people: People,
  scope: SessionScope,
): Promise<People> {
  if (!people.chosen) return people
  try {
    await countActiveUser(services, mode, people.user.id, people.chosen)
    return people
  } catch (error) {
    const isFull = error instanceof Problem && error.code === 'limit_reached'
    if (isFull && scope === HUB_SCOPE) return { ...people, chosen: null }
    throw error
  }
}
