/** A value one can watch; the shape `useSyncExternalStore` wants. */
export interface Store<T> {
  getSnapshot(): T
  subscribe(listener: () => void): () => void
  set(next: T): void
  update(change: Partial<T>): void
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  const set = (next: T) => {
    if (Object.is(next, value)) return
    value = next
    for (const listener of [...listeners]) listener()
  }
  return {
    getSnapshot: () => value,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set,
    update: (change) => set({ ...value, ...change }),
  }
}
