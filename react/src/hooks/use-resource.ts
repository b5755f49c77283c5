import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { Resource, ResourceState } from '../core/resource.ts'

const NOTHING: ResourceState<never> = { data: null, error: null, isLoading: false }
const noSubscription = () => () => {}
const nothing = () => NOTHING

/** Watches a shared reading and has it read when nobody did; `null` reads nothing. */
export function useResource<T>(resource: Resource<T> | null): ResourceState<T> {
  useEffect(() => resource?.ensure(), [resource])
  const state = resource?.state
  const getSnapshot = useMemo(
    () => (state ? state.getSnapshot : (nothing as () => ResourceState<T>)),
    [state],
  )
  return useSyncExternalStore(state?.subscribe ?? noSubscription, getSnapshot, getSnapshot)
}
