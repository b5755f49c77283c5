/** A line that did not come in, or came in without its membership. */
export type Fault = { line: number; email: string | null; reason: string }

/** How the passwords came along; the words of the import route. */
export const passwordWords = {
  kept: 'sign in with their old password',
  none: 'the file has none',
  unknown_format: 'a hash that cannot be verified here',
  damaged: 'a hash that is damaged',
  too_costly: 'a hash so slow that it would be an outage',
  chosen_here: 'have chosen a newer one here',
} as const
export type PasswordOutcome = keyof typeof passwordWords

/** Counts that survive an interruption. */
export type Counts = {
  created: number
  updated: number
  skipped: number
  failed: number
  joined: number
  passwords: Record<PasswordOutcome, number>
}

export const noCounts = (): Counts => ({
  created: 0,
  updated: 0,
  skipped: 0,
  failed: 0,
  joined: 0,
  passwords: {
    kept: 0,
    none: 0,
    unknown_format: 0,
    damaged: 0,
    too_costly: 0,
    chosen_here: 0,
  },
})
