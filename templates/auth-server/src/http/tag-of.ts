const BELOW = /^\/api\/v1\/(?:backend\/)?(?:organizations|me)\/(?:\{\w+\}\/|:\w+\/)?([a-z-]+)/

/** Words behind an organization that are its own verbs, not a resource below it. */
const OWN_VERBS = new Set(['restore', 'transfer-ownership', 'leave', 'join'])

/** The resource that a path is about: `members` for `/api/v1/organizations/{orgId}/members/{userId}`. */
export function tagOf(path: string): string {
  const parts = path.split('/')
  if (parts[3] === 'backend') return 'backend'
  if (parts[3] === 'openapi.json') return 'reference'
  const below = BELOW.exec(path)?.[1]
  if (below && parts[3] === 'organizations' && !OWN_VERBS.has(below)) return below
  return parts[3] ?? 'health'
}
