import { useSyncExternalStore } from 'react'
import type { SessionState } from '../core/core.ts'
import { useAuthStack } from './context.ts'

/** The session as the store has it. The other hooks are views of it. */
export function useSession(): SessionState {
  const { session } = useAuthStack().client
  return useSyncExternalStore(session.subscribe, session.getSnapshot, session.getSnapshot)
}
