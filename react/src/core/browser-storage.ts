/** The three places a value may rest; `memory` ends with the page. */
export type StorageKind = 'localStorage' | 'sessionStorage' | 'memory'

export interface KeyValue {
  get(key: string): string | null
  set(key: string, value: string | null): void
}

/**
 * Storage that cannot throw: private windows and blocked site data make the browser's own throw on
 * mere access, and a sign-in must not fail for that. Falls back to memory. Safe on a server.
 */
export function openStorage(kind: StorageKind): KeyValue {
  const real = kind === 'memory' ? null : openReal(kind)
  return real ?? createMemory()
}

function createMemory(): KeyValue {
  const values = new Map<string, string>()
  return {
    get: (key) => values.get(key) ?? null,
    set(key, value) {
      if (value === null) values.delete(key)
      else values.set(key, value)
    },
  }
}

function openReal(kind: 'localStorage' | 'sessionStorage'): KeyValue | null {
  if (typeof window === 'undefined') return null
  try {
    const storage = window[kind]
    storage.getItem('authstack')
    return {
      get: (key) => storage.getItem(key),
      set(key, value) {
        try {
          if (value === null) storage.removeItem(key)
          else storage.setItem(key, value)
        } catch {
          // Full: the session goes on without the reminder.
        }
      },
    }
  } catch {
    return null
  }
}
