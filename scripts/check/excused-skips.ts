/**
 * Why a test may be skipped and the check still pass: reasons as the tests give them, word for word.
 * Anything else that is skipped is red, since a promise that nobody tried looks just like one that
 * holds. Add a line only for what a machine cannot have, never for what a step forgot to bring.
 */
export const excusedSkips: { reason: RegExp; because: string }[] = [
  {
    reason: /^only on Linux: /,
    because: 'macOS has no /proc, no network namespaces and one loopback address',
  },
  {
    reason: /^no Go 1\.22 or newer to build stripe-mock/,
    because: "Stripe's own mock exists as a Go module only, and the Go of Debian 12 is older",
  },
]

/** Whether a skip with this reason is on the list. */
export const isExcused = (reason: string): boolean =>
  excusedSkips.some((excuse) => excuse.reason.test(reason))
