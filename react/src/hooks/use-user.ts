import type { ProfileData, User } from '../core/types.ts'
import { useAuth } from './use-auth.ts'

export interface UseUser {
  user: User | null
  isLoaded: boolean
  updateProfile: (data: ProfileData) => Promise<void>
}

/** The signed-in person, or null. */
export function useUser(): UseUser {
  const { user, isLoaded, updateProfile } = useAuth()
  return { user, isLoaded, updateProfile }
}
