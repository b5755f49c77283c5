// Generated from templates/auth-server/openapi.json by "npm run client --workspace scripts".
// Not edited by hand: a test compares it with a fresh one.
import type { Caller, CallOptions, Paged } from './caller.ts'

/** The calls by resource. Every one rejects with an `AuthStackError`. */
export function createResources(call: Caller) {
  return {}
}
