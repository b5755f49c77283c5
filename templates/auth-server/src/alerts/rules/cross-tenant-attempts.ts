/** When a person asked for which organization that answered "not found", newest last. */
export type Tries = ReadonlyMap<string, number>

/**
 * Somebody signed in goes through organizations that are not theirs. It counts different ones: a page
 * that keeps asking for an organization which its reader has left asks for one.
 */
export function isCrossTenantAttempt(
  tries: Tries,
  own: ReadonlySet<string>,
  now: number,
  rule: { organizations: number; minutes: number },
): boolean {
  const since = now - rule.minutes * 60_000
  const foreign = [...tries].filter(([id, at]) => at >= since && !own.has(id))
  return foreign.length >= rule.organizations
}
