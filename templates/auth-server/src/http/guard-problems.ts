import type { ProblemCode } from '../errors.ts'
import type { Route } from './route.ts'

/** What any request may meet: a fault of its text, its size, its rate, or a part that is down. */
const EVERYWHERE: ProblemCode[] = [
  'invalid_request',
  'invalid_json',
  'body_too_large',
  'unsupported_media_type',
  'rate_limited',
  'unavailable',
]
const KEY: ProblemCode[] = ['key_required', 'key_invalid', 'scope_required', 'origin_not_allowed']
const PERSON: ProblemCode[] = ['token_required', 'token_invalid', 'session_revoked']

/**
 * Every problem that can end a request before its action runs, by what the route demands. With the
 * action's own `problems` these are the statuses in the OpenAPI document; the suites refuse others.
 */
export function guardProblems({ who, action, path }: Route): ProblemCode[] {
  const codes = new Set<ProblemCode>([...EVERYWHERE, ...whoProblems(who)])
  if (path.includes(':')) codes.add('not_found')
  if (action.idempotent) codes.add('conflict').add('idempotency_mismatch')
  return [...codes]
}

function whoProblems(who: Route['who']): ProblemCode[] {
  switch (who.kind) {
    case 'everyone':
      return []
    case 'key':
      return who.issuesSession ? [...KEY, 'bff_required'] : KEY
    case 'user':
      return [
        ...KEY,
        ...PERSON,
        ...(who.session === 'any' ? fresh(who.freshMinutes) : (['step_up_required'] as const)),
      ]
    case 'member':
      return [
        ...KEY,
        ...PERSON,
        ...fresh(who.freshMinutes),
        'not_found',
        ...(who.permission ? (['permission_denied'] as const) : []),
      ]
    case 'secret':
      return KEY
    case 'operator':
      return ['token_required', 'token_invalid']
  }
}

const fresh = (minutes: number | null): ProblemCode[] =>
  minutes === null ? [] : ['step_up_required']
