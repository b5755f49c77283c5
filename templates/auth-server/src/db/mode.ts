/** Chosen by the API key. Each mode has its own database and its own realms. */
export type Mode = 'live' | 'test'

export const modes: readonly Mode[] = ['live', 'test']

export const databaseNames: Record<Mode, string> = {
  live: 'authstack_live',
  test: 'authstack_test',
}
