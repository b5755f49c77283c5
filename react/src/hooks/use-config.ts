import { useSyncExternalStore } from 'react'
import type { ConfigState } from '../core/core.ts'
import { useAuthStack } from './context.ts'

/** The instance's public configuration: name, methods, signup fields, plans. */
export function useConfig(): ConfigState & { isLoading: boolean; reload: () => void } {
  const { client } = useAuthStack()
  const { config } = client
  const state = useSyncExternalStore(config.subscribe, config.getSnapshot, config.getSnapshot)
  return {
    ...state,
    isLoading: state.data === null && state.error === null,
    reload: () => void client.loadConfig().catch(() => {}),
  }
}
