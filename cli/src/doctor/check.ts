/** One thing that doctor looked at. */
export type Check = {
  id: string
  title: string
  /** `warn`: works, but worth knowing. `fail`: something will not work. */
  status: 'ok' | 'warn' | 'fail'
  /** What was found, in a few words. */
  detail: string
  /** What the person can do; null when there is nothing to do. */
  next: string | null
  /** Puts it right without harm; present only where doctor --fix can. Gives what it did. */
  fix?: () => Promise<string>
}

export function ok(id: string, title: string, detail: string): Check {
  return { id, title, status: 'ok', detail, next: null }
}
