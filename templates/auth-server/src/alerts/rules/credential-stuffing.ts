/** Accounts that the whole instance saw fail within the window. */
export interface FailedAccounts {
  /** Failed, and did not get in at any other try. */
  failed: number
  /** Of those: no such person. */
  unknown: number
}

/**
 * Pairs from somebody else's leak, each tried once, from anywhere. Most of those addresses have no
 * account here; people of ours who mistype have one.
 */
export function isCredentialStuffing(
  { failed, unknown }: FailedAccounts,
  rule: { accounts: number },
): boolean {
  return failed >= rule.accounts && unknown * 2 >= failed
}
