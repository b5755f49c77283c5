import { readdir } from 'node:fs/promises'
import type { Mode } from './db/mode.ts'
import type {
  KeyContext,
  MemberContext,
  PublicContext,
  SecretContext,
  UserContext,
} from './http/context.ts'
import type { Action } from './http/define-action.ts'
import { isWho, type Method, type Route, type WhoFor } from './http/route.ts'

export { Problem } from './errors.ts'
export { defineAction } from './http/define-action.ts'
export { everyone, member, secret, user, withKey } from './http/route.ts'
export type { KeyContext, MemberContext, PublicContext, SecretContext, UserContext }

/** What a hook is told. Throw a `Problem` in a `before` hook to refuse. */
export interface HookEvent {
  mode: Mode
  email: string
  /** Absent before the person exists. */
  userId?: string
  organizationId?: string
  ip: string
}

/** The customer's own code around the built-in verbs; `extensions/hooks.ts` exports any of them. */
export interface Hooks {
  beforeSignup?(event: HookEvent): Promise<void> | void
  afterSignup?(event: HookEvent): Promise<void> | void
  beforeLogin?(event: HookEvent): Promise<void> | void
  afterLogin?(event: HookEvent): Promise<void> | void
  beforeInvite?(event: HookEvent): Promise<void> | void
  afterInvite?(event: HookEvent): Promise<void> | void
}

/** Own routes live under this path, so that no later version of AuthStack can collide with them. */
const OWN_PREFIX = '/api/v1/x/'

/**
 * Declares one route of `extensions/routes/`. It goes through the same guard as the built-in ones:
 * `who` has no default, input is parsed and output is stripped.
 */
export function defineRoute<C>(definition: {
  method: Method
  path: string
  who: WhoFor<C>
  // biome-ignore lint/suspicious/noExplicitAny: shapes are the action's own affair.
  action: Action<NoInfer<C>, any, any, any, any>
}): Route {
  if (!definition.path.startsWith(OWN_PREFIX)) {
    throw new Error(`The path ${definition.path} must begin with ${OWN_PREFIX}`)
  }
  if (!isWho(definition.who)) {
    throw new Error(`The route ${definition.path} must say who may call it, like "who: user()"`)
  }
  return definition
}

/** Loads `extensions/`: a fault in a customer's file stops the start with that file's name. */
export async function loadExtensions(): Promise<{ routes: Route[]; hooks: Hooks }> {
  const folder = new URL('../extensions/', import.meta.url)
  const routes: Route[] = []
  for (const name of await listModules(new URL('routes/', folder))) {
    const module = (await import(new URL(`routes/${name}`, folder).href)) as { default?: Route }
    const route = module.default
    if (!route?.path?.startsWith(OWN_PREFIX) || !isWho(route.who)) {
      throw new Error(`extensions/routes/${name} must default-export defineRoute({...})`)
    }
    routes.push(route)
  }
  const [hooks] = (await listModules(folder)).filter((name) => name === 'hooks.ts')
  return { routes, hooks: hooks ? await import(new URL(hooks, folder).href) : {} }
}

async function listModules(folder: URL): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => /^(?!.*\.test\.)[\w-]+\.ts$/.test(name)).sort()
}
