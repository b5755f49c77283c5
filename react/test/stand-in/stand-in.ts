import type { InstanceConfig, Invitation, Member, User } from '../../src/core/types.ts'
import { authRoutes } from './auth-routes.ts'
import { ACME, API_KEY, ada, config, ENDPOINT, GLOBEX, memberOf } from './data.ts'
import { organizationRoutes } from './organization-routes.ts'
import { Refusal } from './refusal.ts'

/** What the stand-in knows. Tests change it directly. */
export interface World {
  config: InstanceConfig
  users: { user: User; password: string }[]
  organizations: {
    id: string
    slug: string
    name: string
    members: Member[]
    invitations: Invitation[]
  }[]
  /** The one live refresh token of the session, or null. */
  refreshToken: string | null
  spentTokens: Set<string>
  sessionUserId: string | null
  linkTokens: Set<string>
  expiresIn: number
  serial: number
  /** The sign-in is too long ago for what cannot be undone. */
  isSignInOld: boolean
}

export interface Call {
  world: World
  body: Record<string, unknown>
  params: string[]
  headers: Headers
  credentials: RequestCredentials
}

export type Route = [method: string, path: RegExp, fields: string[], run: (call: Call) => unknown]

/**
 * A stand-in of the instance's HTTP contract, in memory. It is not the API: it proves what the
 * package sends and how it takes the answers, nothing about the server. Strict: a call, a field or
 * a missing header outside of the contract fails the test loudly.
 */
export function createStandIn(change: Partial<World> = {}, apiKey = API_KEY) {
  const world: World = { ...freshWorld(), ...change }
  const calls: string[] = []
  const faults: { match: RegExp; fault: (() => Promise<Response>) | Refusal; times: number }[] = []
  const routes = [...authRoutes, ...organizationRoutes]

  const fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input), 'http://localhost:4300')
    const isBff = url.pathname.startsWith('/api/authstack/')
    const method = init.method ?? 'GET'
    const path = isBff
      ? url.pathname.replace('/api/authstack/', 'auth/')
      : url.pathname.replace('/api/v1/', '')
    const name = `${method} ${isBff ? `bff:${path}` : path}`
    calls.push(name)
    await new Promise((resolve) => setTimeout(resolve, 0))
    const fault = faults.find((one) => one.times > 0 && one.match.test(name))
    if (fault) {
      fault.times -= 1
      return fault.fault instanceof Refusal ? fault.fault.response() : fault.fault()
    }
    const found = routes.find((route) => route[0] === method && route[1].test(path))
    if (!found || (!isBff && url.origin !== ENDPOINT)) {
      throw new Error(`stand-in of the AuthStack API: unknown call ${method} ${url}`)
    }
    const headers = new Headers(init.headers)
    if (headers.get('x-authstack-key') !== apiKey) throw new Error(`${name} came without the key`)
    const body = init.body ? JSON.parse(String(init.body)) : {}
    const unknown = Object.keys(body).filter((field) => !found[2].includes(field))
    if (unknown.length > 0) throw new Error(`${name} sent unknown fields: ${unknown.join(', ')}`)
    try {
      const params = found[1].exec(path)?.slice(1) ?? []
      const credentials = init.credentials ?? 'same-origin'
      const answer = await found[3]({ world, body, params, headers, credentials })
      if (answer === undefined) return new Response(null, { status: 204 })
      return answer instanceof Response ? answer : Response.json(answer)
    } catch (error) {
      if (error instanceof Refusal) return error.response()
      throw error
    }
  }
  return {
    world,
    calls,
    fetch: fetch as typeof globalThis.fetch,
    /** How often a call was made. */
    count: (name: string) => calls.filter((call) => call === name).length,
    /** Leaves matching calls without an answer. */
    hang(match: RegExp) {
      faults.push({ match, fault: () => new Promise(() => {}), times: Number.POSITIVE_INFINITY })
    },
    /** Makes the next `times` matching calls fail: by a refusal, or as if the network were gone. */
    failNext(match: RegExp, refusal: Refusal | 'network', times = 1) {
      const fault =
        refusal === 'network' ? () => Promise.reject(new TypeError('Failed to fetch')) : refusal
      faults.push({ match, fault, times })
    },
  }
}

export type StandIn = ReturnType<typeof createStandIn>

function freshWorld(): World {
  const organization = (id: string, slug: string, name: string, role: string) => ({
    id,
    slug,
    name,
    members: [memberOf(ada, role)],
    invitations: [],
  })
  return {
    config: structuredClone(config),
    users: [{ user: { ...ada }, password: 'correct horse battery' }],
    organizations: [
      organization(ACME, 'acme', 'Acme Corp', 'owner'),
      organization(GLOBEX, 'globex', 'Globex', 'member'),
    ],
    refreshToken: null,
    spentTokens: new Set(),
    sessionUserId: null,
    linkTokens: new Set(['good-token']),
    expiresIn: 300,
    serial: 0,
    isSignInOld: false,
  }
}
