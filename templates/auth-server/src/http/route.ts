import type {
  KeyContext,
  MemberContext,
  OperatorContext,
  PublicContext,
  SecretContext,
  TenantContext,
  UserContext,
} from './context.ts'
import type { Action } from './define-action.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** Who may call a route. There is no default: a route without one does not compile. */
export type Who =
  | { kind: 'everyone' }
  | { kind: 'key'; issuesSession: boolean }
  | { kind: 'user'; freshMinutes: number | null; session: 'hub' | 'any' }
  | {
      kind: 'member'
      permission: string | null
      freshMinutes: number | null
      /** Also a machine of the organization, with a key that has the permission. */
      machines?: true
    }
  | { kind: 'secret'; scope: string }
  | { kind: 'operator' }

const KINDS = new Set<unknown>(['everyone', 'key', 'user', 'member', 'secret', 'operator'])

/**
 * Whether this is a `Who` at all. Extensions run without a type check: `who: user` for `who: user()`
 * would pass for one, name no guard, and leave the route open to everybody.
 */
export const isWho = (value: unknown): value is Who =>
  typeof value === 'object' && value !== null && KINDS.has((value as Partial<Who>).kind)

/** `Who` tagged with the context that it proves, so that an action cannot sit behind a weaker guard. */
export type WhoFor<C> = Who & { readonly proves?: (context: C) => void }

export interface Route {
  method: Method
  path: string
  who: Who
  // biome-ignore lint/suspicious/noExplicitAny: a table of routes of many shapes; `route()` checked each one.
  action: Action<any, any, any, any, any>
}

/** Anybody, without a key. For health, public key sets and pages only. */
export const everyone = (): WhoFor<PublicContext> => ({ kind: 'everyone' })
/** An app with its API key, without a person. */
export const withKey = (): WhoFor<KeyContext> => ({ kind: 'key', issuesSession: false })
/** As `withKey`, for a route that hands out or rotates a session: `bff` keys need their backend here. */
export const issuesSession = (): WhoFor<KeyContext> => ({ kind: 'key', issuesSession: true })
/**
 * A signed-in person who proved credentials of their own; with `freshMinutes`, one who signed in that
 * recently. A session that came through one organization's SSO is refused: what belongs to the person
 * is not that organization's.
 */
export const user = (freshMinutes: number | null = null): WhoFor<UserContext> => ({
  kind: 'user',
  freshMinutes,
  session: 'hub',
})
/** A signed-in person, also one who came through an organization's SSO. The action minds the scope. */
export const anySession = (): WhoFor<UserContext> => ({
  kind: 'user',
  freshMinutes: null,
  session: 'any',
})
/** A member of the organization in `:orgId`, with a permission when one is named; else the masked 404. */
export const member = (
  permission: string | null = null,
  freshMinutes: number | null = null,
): WhoFor<MemberContext> => ({ kind: 'member', permission, freshMinutes })
/**
 * As `member`, or a machine of that organization with a key of its own (`Authorization: Bearer
 * authstack_org_...`) that has the permission. The action must not need a person.
 */
export const memberOrMachine = (permission: string | null): WhoFor<TenantContext> => ({
  kind: 'member',
  permission,
  freshMinutes: null,
  machines: true,
})
/** A server with a secret key that has the scope. */
export const secret = (scope: string): WhoFor<SecretContext> => ({ kind: 'secret', scope })
/** The customer's own staff; such routes exist on the operator socket only. */
export const operator = (): WhoFor<OperatorContext> => ({ kind: 'operator' })

/** One line of `routes.ts`. The action's context type must be what `who` proves. */
export function route<C>(
  method: Method,
  path: string,
  who: WhoFor<C>,
  // biome-ignore lint/suspicious/noExplicitAny: shapes are the action's own affair.
  action: Action<NoInfer<C>, any, any, any, any>,
): Route {
  return { method, path, who, action }
}
