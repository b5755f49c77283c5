import { type AuthStackError, toAuthStackError } from './authstack-error.ts'
import { createStore, type Store } from './store.ts'

export interface ResourceState<T> {
  data: T | null
  error: AuthStackError | null
  /** True while there is nothing to show yet. */
  isLoading: boolean
}

/** Something read from the instance that several components share. */
export interface Resource<T> {
  state: Store<ResourceState<T>>
  /** Reads it if nobody has, or if what is known is older than 30 s. */
  ensure(): void
  /** Reads it again. Never rejects; the failure is in the state. */
  reload(): Promise<void>
}

const FRESH_MS = 30_000

export function createResource<T>(load: () => Promise<T>): Resource<T> {
  const state = createStore<ResourceState<T>>({ data: null, error: null, isLoading: true })
  let loadedAt = 0
  let turn = 0
  let isRunning = false

  const reload = async () => {
    const mine = ++turn
    isRunning = true
    try {
      const data = await load()
      // A slower, older answer must not overwrite a newer one.
      if (mine === turn) state.set({ data, error: null, isLoading: false })
      loadedAt = Date.now()
    } catch (error) {
      if (mine === turn) state.update({ error: toAuthStackError(error), isLoading: false })
    } finally {
      if (mine === turn) isRunning = false
    }
  }

  return {
    state,
    reload,
    ensure() {
      if (!isRunning && Date.now() - loadedAt > FRESH_MS) void reload()
    },
  }
}
