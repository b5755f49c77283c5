/** Accounts that one network has tried within the window, by how it went. */
export interface NetworkAttempts {
  /** Accounts that it failed to get into, and did not get into at any other try. */
  failed: number
  /** Accounts that it got into. */
  succeeded: number
}

/**
 * A few passwords against many accounts, from one place. An office has many accounts behind one
 * address as well, and on a Monday many of them mistype; but they get in at the next try, so what is
 * left as failed stays far below what succeeded.
 */
export function isPasswordSpray(
  { failed, succeeded }: NetworkAttempts,
  rule: { accounts: number },
): boolean {
  return failed >= rule.accounts && failed >= 4 * succeeded
}
