import type { List } from '../keys/keys.ts'
import type { OperatorClient } from '../operator/operator-client.ts'

/** A user as the operator routes show it. */
export type OperatorUser = {
  id: string
  email: string
  emailVerified: boolean
  firstName: string | null
  lastName: string | null
  name: string | null
  createdAt: string
  state?: string
  lockedUntil?: string | null
  sessions?: number
  organizations?: { id: string; slug: string; name: string; role: string }[]
}

export type NewUser = {
  email: string
  password?: string
  firstName?: string
  lastName?: string
  emailVerified?: boolean
}

export function listUsers(
  operator: OperatorClient,
  query: { query?: string },
): Promise<List<OperatorUser>> {
  return operator.call({ method: 'GET', path: '/users', query })
}

export function showUser(operator: OperatorClient, idOrEmail: string): Promise<OperatorUser> {
  return operator.call({ method: 'GET', path: userPath(idOrEmail), subject: `user ${idOrEmail}` })
}

export function createUser(operator: OperatorClient, body: NewUser): Promise<OperatorUser> {
  return operator.call({ method: 'POST', path: '/users', body })
}

/** `verify`: the address counts as proved. `unlock`: failed sign-ins are forgotten. `revoke-sessions`: signed out everywhere. */
export type UserAction = 'verify' | 'unlock' | 'revoke-sessions'

export function actOnUser(
  operator: OperatorClient,
  idOrEmail: string,
  action: UserAction,
): Promise<unknown> {
  const path = `${userPath(idOrEmail)}/${action}`
  return operator.call({ method: 'POST', path, subject: `user ${idOrEmail}` })
}

/** Everything that is held of a person, as the route says it. */
export function exportUser(
  operator: OperatorClient,
  idOrEmail: string,
): Promise<Record<string, unknown>> {
  const path = `${userPath(idOrEmail)}/export`
  return operator.call({ method: 'GET', path, subject: `user ${idOrEmail}` })
}

export type Erasure = {
  userId: string
  /** `running`: a part of the instance is away; the instance finishes it by itself. */
  status: 'erased' | 'running'
  organizations: { id: string; slug: string; name: string }[]
}

export function eraseUser(operator: OperatorClient, email: string): Promise<Erasure> {
  const path = `${userPath(email)}/erase`
  return operator.call({ method: 'POST', path, body: { email }, subject: `user ${email}` })
}

function userPath(idOrEmail: string): string {
  return `/users/${encodeURIComponent(idOrEmail)}`
}
